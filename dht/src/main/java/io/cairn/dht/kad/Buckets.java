package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a routing table in order of distance, and which contact is in which. Bucket i holds the contacts that share exactly i
 * leading bits with the own id; the last one, the own bucket, holds those that share at least as many (Kademlia, section 2.4).
 */
final class Buckets {
    private final NodeId self;
    private final int replacementsMax;
    private final List<Bucket> buckets = new ArrayList<>();

    Buckets(NodeId self, int replacementsMax, long nowMillis) {
        this.self = self;
        this.replacementsMax = replacementsMax;
        buckets.add(new Bucket(replacementsMax, nowMillis));
    }

    int count() {
        return buckets.size();
    }

    Bucket get(int index) {
        return buckets.get(index);
    }

    int indexOf(Id160 point) {
        return Math.min(point.commonPrefixLength(self), buckets.size() - 1);
    }

    Bucket of(Id160 point) {
        return buckets.get(indexOf(point));
    }

    @Nullable
    Bucket at(Endpoint endpoint) {
        int hash = endpoint.hashCode();
        for (int index = 0; index < buckets.size(); index++) {
            if (buckets.get(index).placeOf(endpoint, hash) >= 0) {
                return buckets.get(index);
            }
        }
        return null;
    }

    /** Splits the own bucket in two. */
    void split(long nowMillis) {
        int depth = buckets.size();
        Bucket own = buckets.get(depth - 1);
        Bucket deeper = new Bucket(replacementsMax, Math.max(own.touchedMillis(), nowMillis));
        own.moveTo(deeper, id -> id.commonPrefixLength(self) >= depth);
        buckets.add(deeper);
    }

    /**
     * The contacts nearest to a point, nearest first. Contacts that share more bits with it than this node does are closest, and all are in
     * one bucket; next are those of all deeper buckets, in no order; then each farther bucket as a whole (Kademlia, section 2.1: the metric
     * follows the tree).
     *
     * @param alsoFailing whether to include contacts whose last request is unanswered
     * @param except an id to leave out
     */
    List<Contact> nearest(Id160 target, int count, boolean alsoFailing, @Nullable NodeId except) {
        Nearest nearest = new Nearest(target, count, except);
        int index = indexOf(target);
        buckets.get(index).offerTo(nearest, alsoFailing);
        if (!nearest.isFull()) {
            for (int deeper = index + 1; deeper < buckets.size(); deeper++) {
                buckets.get(deeper).offerTo(nearest, alsoFailing);
            }
        }
        for (int farther = index - 1; farther >= 0 && !nearest.isFull(); farther--) {
            buckets.get(farther).offerTo(nearest, alsoFailing);
        }
        return nearest.toList();
    }

    /** The number of contacts that are not failing and are closer to a point than this node; counting stops at {@code enough}. */
    int countCloserThanSelf(Id160 point, int enough) {
        int closer = 0;
        for (int index = indexOf(point); index < buckets.size() && closer < enough; index++) {
            closer += buckets.get(index).countCloser(point, self);
        }
        return closer;
    }

    /** The number of contacts in deeper buckets; counting stops at {@code enough}. */
    int countDeeper(int index, int enough) {
        int deeper = 0;
        for (int i = buckets.size() - 1; i > index && deeper < enough; i--) {
            deeper += buckets.get(i).count();
        }
        return deeper;
    }

    int countInBlock(long blockPrefix) {
        int inBlock = 0;
        for (int index = 0; index < buckets.size(); index++) {
            inBlock += buckets.get(index).countInBlock(blockPrefix);
        }
        return inBlock;
    }

    int countNonEmpty() {
        int nonEmpty = 0;
        for (int index = 0; index < buckets.size(); index++) {
            nonEmpty += buckets.get(index).count() > 0 ? 1 : 0;
        }
        return nonEmpty;
    }

    /** The own id with the bit of the bucket flipped and random bits after it; in the own bucket, random bits after the shared ones. */
    Key pointIn(int index, RandomGenerator random) {
        byte[] point = new byte[Id160.LENGTH_BYTES];
        random.nextBytes(point);
        for (int bit = 0; bit < index; bit++) {
            set(point, bit, self.bit(bit));
        }
        if (index < buckets.size() - 1) {
            set(point, index, !self.bit(index));
        }
        return Key.of(point);
    }

    private static void set(byte[] point, int bit, boolean value) {
        int mask = 0x80 >>> (bit & 7);
        point[bit >>> 3] = (byte) (value ? point[bit >>> 3] | mask : point[bit >>> 3] & ~mask);
    }
}
