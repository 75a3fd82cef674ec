package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds the contacts of a routing table that are most likely stale, and so should be asked next. Reads only. */
final class Staleness {
    private final NodeId self;
    private final Buckets buckets;
    private final KademliaLimits limits;

    Staleness(NodeId self, Buckets buckets, KademliaLimits limits) {
        this.self = self;
        this.buckets = buckets;
        this.limits = limits;
    }

    Optional<Contact> stalest(long nowMillis, Collection<Contact> except, boolean alsoFailing, int neighbourWeight) {
        Contact stalest = null;
        long worstMillis = -1;
        int nearer = 0;
        for (int index = buckets.count() - 1; index >= 0; index--) {
            Bucket bucket = buckets.get(index);
            long weight = nearer < limits.k() ? neighbourWeight : 1;
            nearer += bucket.count();
            long longestMillis = bucket.hasFailing() ? Bucket.AGES_MILLIS : bucket.longestSilenceMillis(nowMillis);
            if (longestMillis < limits.upkeep().probeSilenceMillis() || longestMillis * weight <= worstMillis) {
                continue;
            }
            for (int place = 0; place < bucket.count(); place++) {
                boolean isFailing = bucket.failures(place) > 0;
                long silenceMillis = isFailing ? Bucket.AGES_MILLIS : bucket.silenceMillis(place, nowMillis);
                boolean isDue = silenceMillis >= limits.upkeep().probeSilenceMillis() && (alsoFailing || !isFailing);
                if (isDue && silenceMillis * weight > worstMillis && !except.contains(bucket.contact(place))) {
                    worstMillis = silenceMillis * weight;
                    stalest = bucket.contact(place);
                }
            }
        }
        return Optional.ofNullable(stalest);
    }

    Optional<Contact> nearestSilent(long silenceMillis, long nowMillis, Collection<Contact> except) {
        for (Contact contact : buckets.nearest(self, limits.k(), false, null)) {
            Bucket bucket = buckets.of(contact.id());
            boolean isSilent = bucket.silenceMillis(bucket.placeOf(contact.id()), nowMillis) >= silenceMillis;
            if (isSilent && !except.contains(contact)) {
                return Optional.of(contact);
            }
        }
        return Optional.empty();
    }

    boolean isNeighbour(NodeId id) {
        int index = buckets.indexOf(id);
        int deeper = buckets.countDeeper(index, limits.k());
        return deeper < limits.k() && deeper + buckets.get(index).countCloser(self, id) < limits.k();
    }

    List<Key> pointsInSparseBuckets(int count, RandomGenerator random) {
        List<Key> points = new ArrayList<>();
        for (int index = 0; index < buckets.count() - 1; index++) {
            if (buckets.get(index).count() < count) {
                points.add(buckets.pointIn(index, random));
            }
        }
        return points;
    }

    Optional<Key> pointInUntouchedBucket(long nowMillis, RandomGenerator random) {
        long sinceMillis = nowMillis - limits.upkeep().bucketRefreshMillis();
        for (int index = 0; index < buckets.count(); index++) {
            if (buckets.get(index).touchedMillis() <= sinceMillis) {
                return Optional.of(buckets.pointIn(index, random));
            }
        }
        return Optional.empty();
    }
}
