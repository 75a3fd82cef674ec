package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.Values;
import io.cairn.app.services.LocalServices;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.transfer.store.state.StateDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** What a node says and finds in the hash table beside shares: its services and values, callable from any thread. */
final class Facets {
    private final Work work;
    private final Answers answers;
    private final LocalServices services;
    private final LocalValues values;

    Facets(
            Work work,
            Answers answers,
            Clock clock,
            Dht dht,
            RandomGenerator random,
            StateDatabase state,
            CompletableFuture<Integer> joined) {
        this.work = work;
        this.answers = answers;
        services = new LocalServices(work, clock, dht, random, state.ownServices(), joined);
        values = new LocalValues(work, clock, dht, state.ownValues(), joined);
    }

    /** Says again what earlier runs said. */
    void restore() {
        Work.watch(work.onLoop(services::restore), "announcing services again");
        Work.watch(work.onLoop(values::restore), "publishing values again");
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
                try {
                    return work.ask(services.restored(), services::announced);
                } catch (CairnException isClosed) {
                    return List.of();
                }
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
