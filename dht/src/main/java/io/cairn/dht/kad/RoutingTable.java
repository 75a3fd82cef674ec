package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node knows: k-buckets, of which the one around the own id splits when it is full (Kademlia, section 2.4). The bucket from which
 * the last of the k nearest come takes more than k, so that a node knows its whole neighbourhood (section 2.4 on unbalanced trees;
 * S/Kademlia, section 4.2). Only contacts that answered a request of ours enter, so what is passed on to others has been alive; one contact
 * an endpoint and few of one block of public addresses, so one host or customer cannot pose as many. It never sends: when somebody should
 * be asked, it says so. About k·log2(n/k) contacts in a network of n nodes, 25 bytes each beside the contacts themselves.
 */
public final class RoutingTable {
    private static final Admission ADDED = new Admission.Added();
    private static final Admission KNOWN = new Admission.Known();
    private static final Admission CACHED = new Admission.Cached();
    private static final Admission REFUSED = new Admission.Refused();

    private final NodeId self;
    private final KademliaLimits limits;
    private final int siblingsMax;

    /** The one at index i holds those who share exactly i leading bits with this node, the last one those who share as many or more. */
    private final List<Bucket> buckets = new ArrayList<>();

    private int size;
    private long seen;

    /**
     * @param nowMillis monotonic, as everywhere in this class
     */
    public RoutingTable(NodeId self, KademliaLimits limits, long nowMillis) {
        this.self = self;
        this.limits = limits;
        this.siblingsMax = Math.max(limits.k(), limits.table().siblingsMax());
        buckets.add(newBucket(nowMillis));
    }

    /** Takes in a contact that answered a request of ours from this endpoint. One that is known remains the object it was. */
    public Admission answered(Contact contact, long nowMillis) {
        Bucket bucket = bucketOf(contact.id());
        int place = bucket.placeOf(contact.id());
        if (place >= 0 && bucket.contact(place).endpoint().equals(contact.endpoint())) {
            bucket.heard(place, nowMillis);
            return KNOWN;
        }
        if (contact.id().equals(self)) {
            return REFUSED;
        }
        evictFormerOf(contact.endpoint());
        place = bucket.placeOf(contact.id());
        if (place < 0) {
            return admit(contact, nowMillis);
        }
        if (bucket.failures(place) == 0) {
            bucket.await(contact);
            return new Admission.Ask(bucket.contact(place));
        }
        bucket.move(place, contact);
        bucket.heard(place, nowMillis);
        return KNOWN;
    }

    /**
     * Takes note that a contact did not answer a request, all its repetitions included. It leaves if somebody waits for its place,
     * or when it has failed {@link KademliaLimits.Table#failuresMax} times in a row.
     *
     * @return whether it left
     */
    public boolean failed(Contact contact) {
        Bucket bucket = bucketOf(contact.id());
        int place = bucket.placeOf(contact.id());
        if (place < 0 || !bucket.contact(place).endpoint().equals(contact.endpoint())) {
            bucket.forgetReplacement(contact.id());
            return false;
        }
        bucket.fail(place);
        if (bucket.failures(place) < limits.table().failuresMax() && !bucket.hasReplacement()) {
            return false;
        }
        evict(bucket, place);
        return true;
    }

    /** Whether a contact that is not known would get a place at once. */
    public boolean hasRoomFor(Contact contact) {
        int index = indexOf(contact.id());
        Bucket bucket = buckets.get(index);
        return hasRoom(index, contact.id())
                && bucket.placeOf(contact.id()) < 0
                && !contact.id().equals(self)
                && !contains(contact.endpoint())
                && mayTakeFromItsBlock(bucket, contact);
    }

    /** Whether this contact has a place, at this endpoint. */
    public boolean contains(Contact contact) {
        Bucket bucket = bucketOf(contact.id());
        int place = bucket.placeOf(contact.id());
        return place >= 0 && bucket.contact(place).endpoint().equals(contact.endpoint());
    }

    /** Whether some contact has a place with this endpoint. */
    public boolean contains(Endpoint endpoint) {
        return bucketAt(endpoint) != null;
    }

    /**
     * The contacts closest to a point, closest first, but none whose last request stayed unanswered. Goes through the buckets in the order
     * of their distance and stops when it has enough: most often it looks at a single one.
     */
    public List<Contact> closest(Id160 target, int count) {
        return nearest(target, Math.min(count, size), false, null);
    }

    /** The same for somebody who asks and need not be told of itself. */
    public List<Contact> closestBut(NodeId asker, Id160 target, int count) {
        return nearest(target, Math.min(count, size), false, asker);
    }

    /** Every contact, closest to this node first. */
    public List<Contact> contacts() {
        return nearest(self, size, true, null);
    }

    /**
     * Whether this node, as far as it knows, is one of the so many nodes closest to a point. Certain where the point is near and the
     * table is true: closer nodes share at least as many bits with this node as the point does, and of those it knows all or too many.
     */
    public boolean isAmongClosest(Id160 point, int count) {
        int closer = 0;
        for (int index = indexOf(point); index < buckets.size() && closer < count; index++) {
            closer += buckets.get(index).countCloser(point, self);
        }
        return closer < count;
    }

    /**
     * Whom to ask next to keep the table true: one that failed, else the one heard longest ago, if that is long enough. The silence of the
     * nearest counts {@link KademliaLimits.Upkeep#neighbourWeight} times.
     *
     * @param except those being asked already
     */
    public Optional<Contact> stalest(long nowMillis, Collection<Contact> except) {
        Contact stalest = null;
        long worstMillis = -1;
        int nearer = 0;
        for (int index = buckets.size() - 1; index >= 0; index--) {
            Bucket bucket = buckets.get(index);
            long weight = nearer < limits.k() ? limits.upkeep().neighbourWeight() : 1;
            nearer += bucket.count();
            long longestMillis = bucket.hasFailing() ? Bucket.UNHEARD_MILLIS : bucket.longestSilenceMillis(nowMillis);
            if (longestMillis < limits.upkeep().probeSilenceMillis() || longestMillis * weight <= worstMillis) {
                continue;
            }
            for (int place = 0; place < bucket.count(); place++) {
                long silenceMillis =
                        bucket.failures(place) > 0 ? Bucket.UNHEARD_MILLIS : bucket.silenceMillis(place, nowMillis);
                boolean isDue = silenceMillis >= limits.upkeep().probeSilenceMillis();
                if (isDue && silenceMillis * weight > worstMillis && !except.contains(bucket.contact(place))) {
                    worstMillis = silenceMillis * weight;
                    stalest = bucket.contact(place);
                }
            }
        }
        return Optional.ofNullable(stalest);
    }

    /** A random point in the bucket of a contact: asking the contact for it also refreshes the bucket. */
    public Key pointNear(NodeId id, RandomGenerator random) {
        return pointIn(indexOf(id), random);
    }

    /** A random point in each bucket farther than the own one: what a node that has just joined looks up. */
    public List<Key> pointsInFartherBuckets(RandomGenerator random) {
        List<Key> points = new ArrayList<>();
        for (int index = 0; index < buckets.size() - 1; index++) {
            points.add(pointIn(index, random));
        }
        return points;
    }

    /** A random point in the farthest of the buckets that nothing has touched for too long. */
    public Optional<Key> pointInUntouchedBucket(long nowMillis, RandomGenerator random) {
        long sinceMillis = nowMillis - limits.upkeep().bucketRefreshMillis();
        for (int index = 0; index < buckets.size(); index++) {
            if (buckets.get(index).touchedMillis() <= sinceMillis) {
                return Optional.of(pointIn(index, random));
            }
        }
        return Optional.empty();
    }

    /** Takes note that a look-up went through the bucket of this point. */
    public void touch(Id160 target, long nowMillis) {
        bucketOf(target).touch(nowMillis);
    }

    /** How many contacts have a place. */
    public int size() {
        return size;
    }

    /** How many times a contact has got a place since the start. */
    public long seen() {
        return seen;
    }

    public int bucketCount() {
        return buckets.size();
    }

    public int nonEmptyBucketCount() {
        int nonEmpty = 0;
        for (Bucket bucket : buckets) {
            nonEmpty += bucket.count() > 0 ? 1 : 0;
        }
        return nonEmpty;
    }

    /**
     * Those who share more bits with the target than this node does are closest, and are all in one bucket; then come those of all deeper
     * buckets, in no order; then each farther bucket as a whole (Kademlia, section 2.1: the metric follows the tree).
     */
    private List<Contact> nearest(Id160 target, int count, boolean alsoFailing, @Nullable NodeId except) {
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

    private Admission admit(Contact contact, long nowMillis) {
        int index = indexOf(contact.id());
        while (isSplittable(index)) {
            split(nowMillis);
            index = indexOf(contact.id());
        }
        Bucket bucket = buckets.get(index);
        if (!mayTakeFromItsBlock(bucket, contact)) {
            return REFUSED;
        }
        if (hasRoom(index, contact.id())) {
            if (bucket.count() >= siblingsMax) {
                int farthest = bucket.farthestFrom(self);
                bucket.await(bucket.contact(farthest));
                bucket.remove(farthest);
                size--;
            }
            bucket.add(contact, nowMillis);
            size++;
            seen++;
            return ADDED;
        }
        bucket.await(contact);
        int oldest = bucket.oldest();
        boolean isQuestionable = bucket.failures(oldest) > 0
                || bucket.silenceMillis(oldest, nowMillis) >= limits.table().questionableMillis();
        return isQuestionable ? new Admission.Ask(bucket.contact(oldest)) : CACHED;
    }

    /** Whether a newcomer would get a place: there is one, or a split makes one, or it is a nearer neighbour than somebody who has one. */
    private boolean hasRoom(int index, NodeId id) {
        Bucket bucket = buckets.get(index);
        if (bucket.count() < limits.k() || isSplittable(index)) {
            return true;
        }
        return isOfNearest(index)
                && (bucket.count() < siblingsMax
                        || self.compareDistance(
                                        id,
                                        bucket.contact(bucket.farthestFrom(self))
                                                .id())
                                < 0);
    }

    /** Whether some of the k nearest contacts are in this bucket. */
    private boolean isOfNearest(int index) {
        int nearer = 0;
        for (int deeper = buckets.size() - 1; deeper > index && nearer < limits.k(); deeper--) {
            nearer += buckets.get(deeper).count();
        }
        return nearer < limits.k();
    }

    private boolean mayTakeFromItsBlock(Bucket bucket, Contact contact) {
        long block = AddressBlock.prefixOf(contact.endpoint().address());
        if (block == AddressBlock.NONE) {
            return true;
        }
        if (bucket.countInBlock(block) >= limits.table().perBlockInBucketMax()) {
            return false;
        }
        int inBlock = 0;
        for (Bucket any : buckets) {
            inBlock += any.countInBlock(block);
        }
        return inBlock < limits.table().perBlockMax();
    }

    /** Somebody else answered from an endpoint: the one that was there is gone, and its bucket may hold more made up by the same host. */
    private void evictFormerOf(Endpoint endpoint) {
        Bucket bucket = bucketAt(endpoint);
        if (bucket != null) {
            evict(bucket, bucket.placeOf(endpoint, endpoint.hashCode()));
            bucket.doubt();
        }
    }

    private @Nullable Bucket bucketAt(Endpoint endpoint) {
        int hash = endpoint.hashCode();
        for (Bucket bucket : buckets) {
            if (bucket.placeOf(endpoint, hash) >= 0) {
                return bucket;
            }
        }
        return null;
    }

    private void evict(Bucket bucket, int place) {
        bucket.remove(place);
        size--;
        if (bucket.count() < limits.k()) {
            Contact promoted = bucket.promote(
                    candidate -> !contains(candidate.endpoint()) && mayTakeFromItsBlock(bucket, candidate));
            size += promoted == null ? 0 : 1;
        }
    }

    private boolean isSplittable(int index) {
        return index == buckets.size() - 1
                && buckets.size() < Id160.LENGTH_BITS
                && buckets.get(index).count() >= limits.k();
    }

    private void split(long nowMillis) {
        int depth = buckets.size();
        Bucket own = buckets.get(depth - 1);
        Bucket deeper = newBucket(Math.max(own.touchedMillis(), nowMillis));
        own.moveTo(deeper, id -> id.commonPrefixLength(self) >= depth);
        buckets.add(deeper);
    }

    private Bucket newBucket(long nowMillis) {
        return new Bucket(limits.table().replacementsMax(), nowMillis);
    }

    private Bucket bucketOf(Id160 point) {
        return buckets.get(indexOf(point));
    }

    private int indexOf(Id160 point) {
        return Math.min(point.commonPrefixLength(self), buckets.size() - 1);
    }

    /** The own id with the bit of the bucket flipped and random bits after it; in the own bucket, random bits after the shared ones. */
    private Key pointIn(int index, RandomGenerator random) {
        byte[] point = new byte[Id160.LENGTH_BYTES];
        random.nextBytes(point);
        boolean isOwn = index == buckets.size() - 1;
        for (int bit = 0; bit < index; bit++) {
            set(point, bit, self.bit(bit));
        }
        if (!isOwn) {
            set(point, index, !self.bit(index));
        }
        return Key.of(point);
    }

    private static void set(byte[] point, int bit, boolean value) {
        int mask = 0x80 >>> (bit & 7);
        point[bit >>> 3] = (byte) (value ? point[bit >>> 3] | mask : point[bit >>> 3] & ~mask);
    }
}
