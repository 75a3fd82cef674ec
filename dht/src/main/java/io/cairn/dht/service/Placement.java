package io.cairn.dht.service;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.dht.service.ServiceDirectory.Announced;
import io.cairn.dht.service.ServiceKeys.Shard;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Keeps the services of this node that have one capability published: in the first shard on this node's path that is not full. It looks
 * again at every renewal, from the root, so announcers move up when places become free, and some leave a shard that too many entered at
 * once.
 */
final class Placement {
    /** A fraction of the life after which records are renewed: before the publisher renews them where they are, at half. */
    private static final double RENEWED_AT = 0.4;

    private final Dht dht;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final ServiceKeys keys;
    private final Set<Key> published = new LinkedHashSet<>();
    private List<Announced> services = List.of();
    private CompletableFuture<AnnounceReport> result = new CompletableFuture<>();
    private int round;

    Placement(Dht dht, Scheduler scheduler, RandomGenerator random, String capability) {
        this.dht = dht;
        this.scheduler = scheduler;
        this.random = random;
        this.keys = new ServiceKeys(capability);
    }

    /**
     * Publishes these services and no others.
     *
     * @return completes when they have been published once; where a later call replaces this one, with the result of that
     */
    CompletableFuture<AnnounceReport> place(List<Announced> those) {
        services = those;
        round++;
        CompletableFuture<AnnounceReport> former = result;
        result = new CompletableFuture<>();
        CompletableFuture<AnnounceReport> unused = result.whenComplete((report, failure) -> former.complete(report));
        if (those.isEmpty()) {
            withdrawAllBut(Set.of());
            result.complete(new AnnounceReport(0, 0));
        } else {
            look(round, Shard.ROOT);
        }
        return result;
    }

    private void look(int mine, Shard shard) {
        Key key = keys.of(shard);
        Dht.Search unused = dht.search(RecordType.SERVICE, key, new Dht.RecordListener() {
            private boolean isHere = published.contains(key);

            @Override
            public void found(FoundRecord found) {
                isHere |= found.record().statement().publisher().nodeId().equals(dht.id());
            }

            @Override
            public void ended(SearchReport report) {
                if (mine != round) {
                    return;
                }
                int held = Crowd.in(report);
                boolean isCrowded = isHere ? leaves(held) : held >= Crowd.FULL;
                if (isCrowded && shard.depth() < ServiceKeys.DEPTH_MAX) {
                    look(mine, below(shard));
                } else {
                    publish(mine, shard);
                }
            }
        });
    }

    /** Whether this announcer leaves a shard that more than twice as many entered as it should hold, so that about that many stay. */
    private boolean leaves(int held) {
        return held > 2 * Crowd.FULL && random.nextInt(held) >= Crowd.FULL;
    }

    private Shard below(Shard shard) {
        return keys.shardOf(dht.id(), shard.depth() + 1);
    }

    private void publish(int mine, Shard shard) {
        List<List<Service>> pages = pages();
        long lifeMillis =
                services.stream().mapToLong(Announced::lifeMillis).min().orElseThrow();
        Key key = keys.of(shard);
        Set<Key> now = new LinkedHashSet<>(Set.of(key));
        for (int page = 1; page < pages.size(); page++) {
            Key further = keys.ofPage(dht.id(), page);
            now.add(further);
            dht.publish(announcement(further, pages.get(page), pages.size(), lifeMillis), report -> {});
        }
        withdrawAllBut(now);
        published.addAll(now);
        dht.publish(announcement(key, pages.get(0), pages.size(), lifeMillis), report -> {})
                .thenAccept(report -> published(mine, shard, report));
        scheduler.schedule((long) (lifeMillis * RENEWED_AT), () -> {
            if (mine == round) {
                round++;
                look(round, Shard.ROOT);
            }
        });
    }

    /** A shard that others filled at the same moment refuses the record; then this announcer goes on below. */
    private void published(int mine, Shard shard, PublishReport report) {
        if (mine != round) {
            return;
        }
        boolean isRefused = report.rootTargets() > 1 && report.rootStoredOn() == 0 && report.nodes() == 0;
        if (isRefused && !dht.contacts().isEmpty() && shard.depth() < ServiceKeys.DEPTH_MAX) {
            round++;
            look(round, below(shard));
        } else {
            result.complete(new AnnounceReport(report.rootStoredOn(), report.rootTargets()));
        }
    }

    private void withdrawAllBut(Set<Key> kept) {
        for (Key key : List.copyOf(published)) {
            if (!kept.contains(key)) {
                published.remove(key);
                dht.withdraw(RecordType.SERVICE, key);
            }
        }
    }

    private static Announcement announcement(Key key, List<Service> services, int pages, long lifeMillis) {
        return new Announcement(
                RecordType.SERVICE, key, List.of(), new ServiceList(services, pages).encode(), lifeMillis);
    }

    /** The services in pages that each fit a record, ordered by id so that an unchanged page stays the same. */
    private List<List<Service>> pages() {
        List<List<Service>> pages = new ArrayList<>();
        List<Service> page = new ArrayList<>();
        List<Service> sorted = services.stream()
                .map(Announced::service)
                .sorted(Comparator.comparing(Service::id))
                .toList();
        for (Service service : sorted) {
            page.add(service);
            if (ServiceList.encodedBytes(page) > ServiceList.BYTES_MAX) {
                page.remove(page.size() - 1);
                pages.add(List.copyOf(page));
                page = new ArrayList<>(List.of(service));
            }
        }
        pages.add(List.copyOf(page));
        return pages;
    }
}
