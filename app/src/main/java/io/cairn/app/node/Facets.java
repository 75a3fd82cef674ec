package io.cairn.app.node;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.Values;
import io.cairn.app.follow.LocalFollows;
import io.cairn.app.services.LocalServices;
import io.cairn.app.share.Shares;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.transfer.store.state.StateDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What a node says and finds in the hash table beside shares: its services and values, callable from any thread. */
final class Facets {
    private final Work work;
    private final Answers answers;
    private final LocalServices services;
    private final LocalValues values;
    private final LocalFollows follows;

    Facets(
            Work work,
            Answers answers,
            Clock clock,
            Dht dht,
            RandomGenerator random,
            StateDatabase state,
            CompletableFuture<Integer> joined,
            Shares shares,
            Function<NodeId, Optional<String>> names,
            Function<FetchOptions, Fetch> fetches,
            Consumer<Node.Notice> notices) {
        this.work = work;
        this.answers = answers;
        services = new LocalServices(work, clock, dht, random, state.ownServices(), joined, answers::explained);
        values = new LocalValues(work, clock, dht, state.ownValues(), joined, names);
        follows = new LocalFollows(work, clock, dht, shares, values, state.movingNames(), joined, fetches, notices);
    }

    /** Says again what earlier runs said. */
    void restore() {
        Work.watch(work.onLoop(services::restore), "announcing services again");
        Work.watch(work.onLoop(values::restore), "publishing values again");
        Work.watch(work.onLoop(follows::restore), "watching folders again");
    }

    /** On the loop. */
    void close() {
        follows.close();
    }

    /** A share was removed. On the loop. */
    void unshared(Key hash) {
        follows.unshared(hash);
    }

    Follows follows() {
        return new Follows() {
            @Override
            public Operation<Node.HashProgress, Version> watch(Watch watch) {
                Broadcast<Node.HashProgress> progress = new Broadcast<>(work, progressed -> Node.HashProgress.class);
                return new LocalOperation<>(
                        progress,
                        answers.of("cannot share " + watch.path(), over -> follows.watch(watch, progress::tell, over)));
            }

            @Override
            public List<Watched> watched() {
                return answers.unlessClosed(follows.restored(), follows::watched, List.of());
            }

            @Override
            public Operation<FollowEvent, FollowEvent.UpToDate> follow(Follow follow) {
                Broadcast<FollowEvent> events = new Broadcast<>(work, event -> event.getClass());
                CompletableFuture<FollowEvent.UpToDate> over = new CompletableFuture<>();
                CompletableFuture<FollowEvent.UpToDate> result =
                        answers.of("cannot follow " + follow.name(), () -> follows.follow(follow, events::tell, over));
                CompletableFuture<?> unused = result.whenComplete((end, failure) -> over.complete(null));
                return new LocalOperation<>(events, result);
            }
        };
    }

    Services services() {
        return new Services() {
            @Override
            public CompletableFuture<Announced> announce(Announcement announcement) {
                return answers.of(
                        "cannot announce " + announcement.service().id(), () -> services.announce(announcement));
            }

            @Override
            public List<Announced> announced() {
                return answers.unlessClosed(services.restored(), services::announced, List.of());
            }

            @Override
            public CompletableFuture<Announced> withdraw(String id) {
                return answers.of("cannot withdraw " + id, () -> services.withdraw(id));
            }

            @Override
            public Operation<Event, DiscoveryReport> discover(ServiceQuery query) {
                return services.discover(query);
            }

            @Override
            public Operation<Event, DiscoveryReport> watch(ServiceQuery query) {
                return services.watch(query);
            }
        };
    }

    Values values() {
        return new Values() {
            @Override
            public CompletableFuture<Written> put(Put put) {
                return answers.of("cannot write the value " + put.name(), () -> values.put(put));
            }

            @Override
            public CompletableFuture<Read> get(Name name) {
                return answers.of("cannot read the value " + name, () -> values.get(name));
            }
        };
    }
}
