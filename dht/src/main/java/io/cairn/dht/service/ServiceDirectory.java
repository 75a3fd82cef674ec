package io.cairn.dht.service;

import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Announces services of this node and finds those of all nodes. Confined to the node's loop, as {@link Dht} is. An announced service is
 * renewed until it is withdrawn or the node closes; then it disappears within the life of its records.
 */
public final class ServiceDirectory {
    /** Most services of one node. */
    public static final int SERVICES_MAX = 256;

    private final Dht dht;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Map<String, Announced> announced = new LinkedHashMap<>();
    private final Map<String, Placement> placements = new LinkedHashMap<>();

    /** @param random decides which announcer leaves a crowded shard */
    public ServiceDirectory(Dht dht, Clock clock, Scheduler scheduler, RandomGenerator random) {
        this.dht = dht;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** A service of this node and how long its records live without renewal. */
    public record Announced(Service service, long lifeMillis) {}

    /**
     * Announces a service under each of its capabilities. Replaces an earlier one with the same id.
     *
     * @param lifeMillis how long a record lives without renewal, at most what holders allow
     * @return completes when each capability has been published once
     * @throws IllegalArgumentException if the service does not fit a record, this node has {@link #SERVICES_MAX} others, or those of one
     *     capability do not fit {@link ServiceList#PAGES_MAX} records
     */
    public CompletionStage<AnnounceReport> announce(Service service, long lifeMillis) {
        int bytes = ServiceList.encodedBytes(List.of(service));
        if (bytes > ServiceList.BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the service takes " + bytes + " bytes; a record holds at most " + ServiceList.BYTES_MAX);
        }
        if (announced.size() >= SERVICES_MAX && !announced.containsKey(service.id())) {
            throw new IllegalArgumentException("a node announces at most " + SERVICES_MAX + " services");
        }
        Announced latest = new Announced(service, lifeMillis);
        service.capabilities().forEach(capability -> checkPages(capability, latest));
        Announced former = announced.put(service.id(), latest);
        if (former != null) {
            former.service().capabilities().stream()
                    .filter(capability -> !service.capabilities().contains(capability))
                    .forEach(this::update);
        }
        List<CompletableFuture<AnnounceReport>> placed = new ArrayList<>();
        service.capabilities().forEach(capability -> placed.add(place(capability)));
        return CompletableFuture.allOf(placed.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> worst(placed));
    }

    /**
     * Stops announcing a service and withdraws its records on a best-effort basis; empty if this node announces none with this id. The stage
     * completes when the holders that were found have answered or failed.
     */
    public Optional<CompletionStage<Service>> withdraw(String id) {
        Announced former = announced.remove(id);
        if (former == null) {
            return Optional.empty();
        }
        List<CompletableFuture<AnnounceReport>> placed = new ArrayList<>();
        former.service().capabilities().forEach(capability -> placed.add(place(capability)));
        return Optional.of(CompletableFuture.allOf(placed.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> former.service()));
    }

    /** What this node announces, in the order it was announced. */
    public List<Announced> announced() {
        return List.copyOf(announced.values());
    }

    /**
     * Finds services that have all of these capabilities. The search reads one shard after another until it has read all or found enough.
     *
     * @param capabilities at least one
     * @param max number of services after which the search stops; at least 1
     */
    public Discovery discover(List<String> capabilities, int max, Discovery.Listener listener) {
        Discovery discovery = new Discovery(dht, clock, capabilities, max, listener);
        scheduler.execute(discovery::start);
        return discovery;
    }

    private void checkPages(String capability, Announced latest) {
        List<Announced> those = new ArrayList<>(having(capability));
        those.removeIf(other -> other.service().id().equals(latest.service().id()));
        those.add(latest);
        int pages = Placement.pages(those).size();
        if (pages > ServiceList.PAGES_MAX) {
            throw new IllegalArgumentException("the services with the capability " + capability + " take " + pages
                    + " records; a node publishes at most " + ServiceList.PAGES_MAX);
        }
    }

    private List<Announced> having(String capability) {
        return announced.values().stream()
                .filter(one -> one.service().capabilities().contains(capability))
                .toList();
    }

    private void update(String capability) {
        CompletableFuture<AnnounceReport> unused = place(capability);
    }

    private CompletableFuture<AnnounceReport> place(String capability) {
        List<Announced> those = having(capability);
        Placement placement =
                placements.computeIfAbsent(capability, any -> new Placement(dht, scheduler, random, capability));
        if (those.isEmpty()) {
            placements.remove(capability);
        }
        return placement.place(those);
    }

    private static AnnounceReport worst(List<CompletableFuture<AnnounceReport>> placed) {
        AnnounceReport worst = placed.get(0).join();
        for (CompletableFuture<AnnounceReport> one : placed) {
            AnnounceReport report = one.join();
            if (report.storedOn() < worst.storedOn()) {
                worst = report;
            }
        }
        return worst;
    }
}
