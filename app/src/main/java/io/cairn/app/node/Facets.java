package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.Values;
import io.cairn.app.catalogue.LocalCatalogue;
import io.cairn.app.follow.LocalFollows;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.people.OfferBook;
import io.cairn.app.services.LocalServices;
import io.cairn.app.share.Shares;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.store.state.OfferTable;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node says and finds in the hash table beside shares: its services and values, callable from any thread. */
final class Facets {
    private final Work work;
    private final Answers answers;
    private final Clock clock;
    private final Dht dht;
    private final Swarm swarm;
    private final LocalServices services;
    private final LocalValues values;
    private final LocalFollows follows;
    private final AddressBook addressBook;
    private final OfferBook offerBook;
    private final NodeFinder nodeFinder;
    private final LocalCatalogue catalogue;

    Facets(
            Work work,
            Answers answers,
            Clock clock,
            Dht dht,
            Swarm swarm,
            RandomGenerator random,
            StateDatabase state,
            CompletableFuture<Integer> joined,
            Shares shares,
            Function<FetchOptions, Fetch> fetches,
            Consumer<Node.Notice> notices,
            Predicate<InetAddress> isNear) {
        this.work = work;
        this.dht = dht;
        this.swarm = swarm;
        this.answers = answers;
        this.clock = clock;
        services = new LocalServices(work, clock, dht, random, state.ownServices(), joined);
        values = new LocalValues(work, clock, dht, state.ownValues(), joined);
        addressBook = new AddressBook(work, state.contacts());
        offerBook = new OfferBook(work, state.offers());
        nodeFinder = new NodeFinder(dht, swarm);
        catalogue = new LocalCatalogue(
                work.scheduler(),
                clock,
                random,
                dht,
                swarm,
                shares,
                offerBook,
                addressBook,
                nodeFinder,
                joined,
                isNear);
        shares.watchReplacements(this::replaced);
        follows = new LocalFollows(work, clock, dht, shares, values, state.movingNames(), joined, fetches, notices);
    }

    /** Says again what earlier runs said. */
    void restore() {
        Work.watch(work.onLoop(addressBook::restore), "reading the contacts");
        Work.watch(work.onLoop(offerBook::restore), "reading for whom shares are");
        work.run(() -> catalogue.serve(dht, swarm));
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
        Work.watch(offerBook.remove(hash), "forgetting for whom a share was");
    }

    /** Stores for whom a share is from now on, if that is said. On the loop. */
    CompletableFuture<Node.ShareReport> offered(Node.ShareReport report, Offers.@Nullable Offer offer) {
        if (offer == null) {
            return CompletableFuture.completedFuture(report);
        }
        if (offer.isRestricted()) {
            throw new UnsupportedOperationException("restricted offers");
        }
        return offerBook
                .restored()
                .thenCompose(
                        restored -> list(report.share().hash(), offer.listed()).thenApply(done -> report));
    }

    /** A share that is for some alone stays for them. */
    private CompletableFuture<?> list(Key hash, boolean listed) {
        StoredOffer open = new StoredOffer(hash, false, 0, OfferTable.Origin.OWN, null, List.of());
        StoredOffer before = offerBook.find(hash).orElse(open);
        if (before.listed() == listed) {
            return CompletableFuture.completedFuture(null);
        }
        if (!listed && before.secret() == null) {
            return offerBook.remove(hash);
        }
        if (listed && offerBook.all().stream().filter(StoredOffer::listed).count() >= CatalogueLimits.ENTRIES_MAX) {
            return CompletableFuture.failedFuture(new CairnException(
                    CairnException.Kind.OTHER,
                    "shared, but not listed",
                    "this node lists " + CatalogueLimits.ENTRIES_MAX + " shares, the most that other nodes read",
                    "take others off the list, or share folders that hold several files"));
        }
        long since = listed ? clock.wallMillis() : 0;
        return offerBook.put(new StoredOffer(hash, listed, since, before.origin(), before.secret(), before.members()));
    }

    /** A changed file or folder was shared again: its new version is for whom the former was, and as listed. On the loop. */
    private void replaced(Key former, Key hash) {
        Work.watch(
                offerBook
                        .restored()
                        .thenCompose(restored -> offerBook
                                .find(former)
                                .map(offer -> offerBook
                                        .put(new StoredOffer(
                                                hash,
                                                offer.listed(),
                                                offer.listedMillis(),
                                                offer.origin(),
                                                offer.secret(),
                                                offer.members()))
                                        .thenCompose(kept -> offerBook.remove(former)))
                                .orElseGet(() -> CompletableFuture.completedFuture(null))),
                "keeping for whom a share is");
    }

    /** A target with what catalogues say of it. On the loop. */
    FetchTarget hinted(FetchTarget target) {
        return catalogue.hinted(target);
    }

    /** Figures since start. On the loop. */
    Node.CatalogueStatistics listed() {
        return catalogue.statistics();
    }

    Catalogue catalogue() {
        return new Catalogue() {
            @Override
            public Operation<Heard, Browsed> browse(Browse what) {
                Broadcast<Heard> heard = new Broadcast<>(work, event -> null);
                return new LocalOperation<>(
                        heard, answers.of("cannot browse", over -> catalogue.browse(what, heard::tell, over)));
            }

            @Override
            public List<Listing> known() {
                try {
                    return work.ask(catalogue::known);
                } catch (CairnException isClosed) {
                    return List.of();
                }
            }

            @Override
            public CompletableFuture<FetchTarget> find(List<String> words) {
                return answers.of("cannot look for " + String.join(" ", words), over -> catalogue.find(words, over));
            }
        };
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
                try {
                    return work.ask(follows.restored(), follows::watched);
                } catch (CairnException isClosed) {
                    return List.of();
                }
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
