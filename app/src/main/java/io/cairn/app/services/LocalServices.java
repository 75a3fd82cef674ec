package io.cairn.app.services;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.Services;
import io.cairn.app.Services.Announced;
import io.cairn.app.Services.Announcement;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.ServiceDirectory;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import io.cairn.transfer.store.state.OwnServiceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The services of this node and its way to find others. On the loop. */
public final class LocalServices {
    /** Longest wait for holders to confirm a withdrawal: what does not answer then is gone, or forgets the service at its end. */
    private static final long WITHDRAWAL_MILLIS_MAX = 2_000;

    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final OwnServiceTable stored;
    private final CompletableFuture<Integer> joined;
    private final UnaryOperator<CairnException> explained;
    private final ServiceDirectory directory;
    private final Map<String, Announced> announced = new LinkedHashMap<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    /**
     * @param joined completes after the first attempt to join
     * @param explained adds why this node knows no other, if that is why nothing was found; on the loop
     */
    public LocalServices(
            Work work,
            Clock clock,
            Dht dht,
            RandomGenerator random,
            OwnServiceTable stored,
            CompletableFuture<Integer> joined,
            UnaryOperator<CairnException> explained) {
        this.work = work;
        this.clock = clock;
        this.dht = dht;
        this.stored = stored;
        this.joined = joined;
        this.explained = explained;
        this.directory = new ServiceDirectory(dht, clock, work.scheduler(), random);
    }

    /** Announces what earlier runs were told to keep. Once. */
    public CompletableFuture<Integer> restore() {
        CompletableFuture<Integer> known = work.offload(this::kept).thenApply(kept -> {
            kept.forEach(one -> announced.put(one.service().id(), announced(one, 0, 0)));
            return kept.size();
        });
        CompletableFuture<Integer> unused = known.whenComplete((kept, failure) -> restored.complete(null));
        return known.thenCombine(joined.handle((contacts, failure) -> contacts), (kept, contacts) -> {
            List.copyOf(announced.values()).stream()
                    .filter(Announced::kept)
                    .map(one -> new Announcement(one.service(), one.ttlSeconds(), true))
                    .forEach(one -> Work.watch(place(one), "announcing a service"));
            return kept;
        });
    }

    /** Completes when what earlier runs were told to keep is among {@link #announced}. */
    public CompletableFuture<Void> restored() {
        return restored;
    }

    private List<Announcement> kept() throws IOException {
        List<Announcement> kept = new ArrayList<>();
        for (OwnServiceTable.OwnService row : stored.all()) {
            kept.add(StoredService.read(row));
        }
        return kept;
    }

    /** See {@link Services#announce}. */
    public CompletableFuture<Announced> announce(Announcement announcement) {
        Service service = announcement.service();
        int bytes = ServiceList.encodedBytes(List.of(service));
        if (bytes > ServiceList.BYTES_MAX) {
            return CompletableFuture.failedFuture(tooMuch(
                    service, "it takes " + bytes + " bytes; an announcement holds at most " + ServiceList.BYTES_MAX));
        }
        return restored.thenCombine(joined.handle((contacts, failure) -> contacts), (done, contacts) -> contacts)
                .thenCompose(contacts -> place(announcement))
                .thenCompose(placed -> work.offload(() -> {
                    if (announcement.kept()) {
                        stored.put(StoredService.of(announcement));
                    } else {
                        stored.remove(service.id());
                    }
                    return placed;
                }));
    }

    /** See {@link Services#announced}. */
    public List<Announced> announced() {
        return List.copyOf(announced.values());
    }

    /** See {@link Services#withdraw}. */
    public CompletableFuture<Announced> withdraw(String id) {
        return restored.thenCompose(done -> withdrawNow(id));
    }

    private CompletableFuture<Announced> withdrawNow(String id) {
        Announced former = announced.remove(id);
        if (former == null) {
            return CompletableFuture.failedFuture(new CairnException(
                    Kind.USAGE,
                    "no service to withdraw",
                    "this node announces none with the id " + id,
                    Reason.LIST_THE_SERVICES
                            .says("list the services of this node")
                            .and("id", id)));
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        work.scheduler().schedule(WITHDRAWAL_MILLIS_MAX, () -> ended.complete(null));
        directory
                .withdraw(id)
                .ifPresentOrElse(
                        withdrawn -> withdrawn.thenAccept(service -> ended.complete(null)), () -> ended.complete(null));
        return ended.thenCompose(done -> work.offload(() -> {
            stored.remove(id);
            return former;
        }));
    }

    /** See {@link Services#discover}. */
    public Operation<Services.Event, DiscoveryReport> discover(ServiceQuery query) {
        Broadcast<Services.Event> events = new Broadcast<>(work, event -> null);
        ServiceSearch search = new ServiceSearch(directory, query, events::tell);
        CompletableFuture<DiscoveryReport> result = work.onLoop(() -> joined.handle((contacts, failure) -> contacts)
                .thenCompose(contacts -> search.start())
                .thenCompose(report -> report.services() > 0
                        ? CompletableFuture.completedFuture(report)
                        : CompletableFuture.failedFuture(explained.apply(none(query, report)))));
        CompletableFuture<DiscoveryReport> unused = result.whenComplete((report, failure) -> work.run(search::stop));
        return new LocalOperation<>(events, result);
    }

    /** See {@link Services#watch}. */
    public Operation<Services.Event, DiscoveryReport> watch(ServiceQuery query) {
        Broadcast<Services.Event> events = new Broadcast<>(work, event -> null);
        ServiceWatch watch = new ServiceWatch(
                work.scheduler(),
                clock,
                listener -> directory.discover(query.capabilities(), query.max(), listener)::cancel,
                dht::contacts,
                dht::ping,
                events::tell);
        CompletableFuture<DiscoveryReport> result = work.onLoop(
                () -> joined.handle((contacts, failure) -> contacts).thenCompose(contacts -> watch.start()));
        CompletableFuture<DiscoveryReport> unused = result.whenComplete((report, failure) -> work.run(watch::stop));
        return new LocalOperation<>(events, result);
    }

    private CompletableFuture<Announced> place(Announcement announcement) {
        Service service = announcement.service();
        try {
            CompletableFuture<Announced> placed = directory
                    .announce(service, announcement.ttlSeconds() * 1_000L)
                    .thenApply(report -> announced(announcement, report.storedOn(), report.targets()))
                    .toCompletableFuture();
            Announced pending = announced(announcement, 0, 0);
            announced.put(service.id(), pending);
            return placed.thenApply(now -> {
                announced.replace(service.id(), pending, now);
                return now;
            });
        } catch (IllegalArgumentException tooMuch) {
            return CompletableFuture.failedFuture(tooMuch(service, String.valueOf(tooMuch.getMessage())));
        }
    }

    private static CairnException tooMuch(Service service, String why) {
        return new CairnException(
                Kind.USAGE,
                "cannot announce " + service.id(),
                why,
                "shorten its metadata, or withdraw another service");
    }

    private Announced announced(Announcement announcement, int storedOn, int targets) {
        return new Announced(
                dht.id(), announcement.service(), announcement.ttlSeconds(), announcement.kept(), storedOn, targets);
    }

    private static CairnException none(ServiceQuery query, DiscoveryReport report) {
        String what = String.join(" and ", query.capabilities());
        String why = report.asked() == 0
                ? "no other node of this network is known"
                : report.answered() == 0 ? "none of the nodes asked answers" : "nobody announces such a service now";
        return new CairnException(
                Kind.NO_PROVIDER,
                "no service with " + what,
                why,
                Reason.ANNOUNCE_A_SERVICE
                        .says("check the words, and that the announcer's node runs")
                        .and("capabilities", what));
    }
}
