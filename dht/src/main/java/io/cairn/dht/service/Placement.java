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
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the services of this node that have one capability published: in the first shard on this node's path that is not full. It looks
 * again soon after it entered a shard, because others may have done so at the same time, and at every renewal. It begins at the root, so
 * announcers move up when places become free.
 */
final class Placement {
    /** Fractions of the life between which records are renewed: before the publisher renews them where they are, at half. */
    private static final double RENEWED_MIN = 0.3;

    private static final double RENEWED_MAX = 0.45;

    /** Pauses before the first look at a shard that was just entered: longer than it takes to enter it. */
    private static final long SOON_MIN_MILLIS = 3_000;

    private static final long SOON_MAX_MILLIS = 8_000;

    /** Longest pause of an announcer below the root: askers reach it only while somebody is above it. */
    private static final long BELOW_MILLIS_MAX = 120_000;

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
            CompletableFuture<AnnounceReport> mine = result;
            CompletableFuture<Void> unusedEnd =
                    withdrawAllBut(Set.of()).thenAccept(done -> mine.complete(new AnnounceReport(0, 0)));
        } else {
            look(round, Shard.ROOT);
        }
        return result;
    }

    private void look(int mine, Shard shard) {
        new Look(mine, shard).start();
    }

    /** Whether this announcer leaves an overfull shard, which all others leave with the same probability. */
    private boolean leaves(int held) {
        return held > ShardCrowd.OVERFULL && random.nextInt(held) >= ShardCrowd.STAYING;
    }

    private Shard below(Shard shard) {
        return keys.shardOf(dht.id(), shard.depth() + 1);
    }

    private void publish(int mine, Shard shard, boolean isCrowded) {
        List<List<Service>> pages = pages(services);
        long lifeMillis =
                services.stream().mapToLong(Announced::lifeMillis).min().orElseThrow();
        Key key = keys.of(shard);
        Set<Key> now = new LinkedHashSet<>(Set.of(key));
        List<CompletionStage<PublishReport>> parts = new ArrayList<>();
        for (int page = 1; page < pages.size(); page++) {
            Key further = keys.ofPage(dht.id(), page);
            now.add(further);
            parts.add(dht.publish(announcement(further, pages.get(page), pages.size(), lifeMillis), report -> {}));
        }
        boolean isNew = !published.contains(key);
        CompletableFuture<Void> unused = withdrawAllBut(now);
        published.addAll(now);
        parts.add(dht.publish(announcement(key, pages.get(0), pages.size(), lifeMillis), report -> {}));
        parts.stream()
                .reduce((one, other) -> one.thenCombine(other, Placement::worse))
                .orElseThrow()
                .thenAccept(report -> published(mine, report));
        boolean isUnsettled = isNew || isCrowded;
        long pauseMillis = isUnsettled ? soonMillis(lifeMillis) : renewalMillis(lifeMillis);
        lookAgain(mine, shard.depth() == 0 ? pauseMillis : Math.min(pauseMillis, BELOW_MILLIS_MAX));
    }

    private void published(int mine, PublishReport report) {
        if (mine == round) {
            result.complete(new AnnounceReport(report.rootStoredOn(), report.rootTargets()));
        }
    }

    private static PublishReport worse(PublishReport one, PublishReport other) {
        return other.rootStoredOn() < one.rootStoredOn() ? other : one;
    }

    private void lookAgain(int mine, long afterMillis) {
        scheduler.schedule(afterMillis, () -> {
            if (mine == round) {
                look(mine, Shard.ROOT);
            }
        });
    }

    /** Others may have entered the shard at the same time. The pause differs, so that not all of them leave it at the same time again. */
    private long soonMillis(long lifeMillis) {
        return Math.min(random.nextLong(SOON_MIN_MILLIS, SOON_MAX_MILLIS), renewalMillis(lifeMillis));
    }

    private long renewalMillis(long lifeMillis) {
        return (long) (lifeMillis * random.nextDouble(RENEWED_MIN, RENEWED_MAX));
    }

    private CompletableFuture<Void> withdrawAllBut(Set<Key> kept) {
        List<CompletableFuture<?>> withdrawn = new ArrayList<>();
        for (Key key : List.copyOf(published)) {
            if (!kept.contains(key)) {
                published.remove(key);
                withdrawn.add(dht.withdraw(RecordType.SERVICE, key).toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(withdrawn.toArray(new CompletableFuture<?>[0]));
    }

    private static Announcement announcement(Key key, List<Service> services, int pages, long lifeMillis) {
        return new Announcement(
                RecordType.SERVICE, key, List.of(), new ServiceList(services, pages).encode(), lifeMillis);
    }

    /** The services in pages that each fit a record, ordered by id so that an unchanged page stays the same. */
    static List<List<Service>> pages(List<Announced> services) {
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

    /** Looks at one shard, and decides as soon as enough of its holders have answered. */
    private final class Look implements Dht.RecordListener {
        private final int mine;
        private final Shard shard;
        private boolean isHere;
        private boolean isDecided;
        private Dht.@Nullable Search search;

        Look(int mine, Shard shard) {
            this.mine = mine;
            this.shard = shard;
            this.isHere = published.contains(keys.of(shard));
        }

        void start() {
            search = dht.search(RecordType.SERVICE, keys.of(shard), this);
        }

        @Override
        public void found(FoundRecord found) {
            isHere |= found.record().statement().publisher().nodeId().equals(dht.id());
            Dht.Search running = Objects.requireNonNull(search, "started");
            OptionalInt held = ShardCrowd.already(running.report(), ShardCrowd.FULL);
            if (held.isPresent() && !isDecided) {
                running.cancel();
                decide(held.getAsInt());
            }
        }

        @Override
        public void ended(SearchReport report) {
            decide(ShardCrowd.in(report));
        }

        private void decide(int held) {
            isDecided = true;
            if (mine != round) {
                return;
            }
            boolean isLeft = isHere ? leaves(held) : held >= ShardCrowd.FULL;
            if (isLeft && shard.depth() < ServiceKeys.DEPTH_MAX) {
                look(mine, below(shard));
            } else {
                publish(mine, shard, held > ShardCrowd.OVERFULL);
            }
        }
    }
}
