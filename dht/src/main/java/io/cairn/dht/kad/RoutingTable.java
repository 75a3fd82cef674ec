package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The contacts of a node: k-buckets, of which the one around the own id splits when it is full (Kademlia, section 2.4). The bucket that
 * holds the last of the k nearest takes more than k, so that a node knows its whole neighbourhood (section 2.4 on unbalanced trees;
 * S/Kademlia, section 4.2). Only contacts that answered a request of ours enter, so contacts passed on to others have been alive; one
 * contact per endpoint and few per block of public addresses, so one host or customer cannot pose as many. The table never sends: it
 * reports which contact should be asked. About k·log2(n/k) contacts in a network of n nodes, 25 bytes each besides the contact objects.
 */
public final class RoutingTable {
    private static final TableVerdict ADDED = new TableVerdict.Added();
    private static final TableVerdict KNOWN = new TableVerdict.Known();
    private static final TableVerdict CACHED = new TableVerdict.Cached();
    private static final TableVerdict REFUSED = new TableVerdict.Refused();

    private final NodeId self;
    private final KademliaLimits limits;
    private final int siblingsMax;
    private final Buckets buckets;
    private final Staleness staleness;
    private int size;
    private long seen;

    /**
     * @param nowMillis monotonic, as everywhere in this class
     */
    public RoutingTable(NodeId self, KademliaLimits limits, long nowMillis) {
        this.self = self;
        this.limits = limits;
        this.siblingsMax = limits.siblingsMax();
        this.buckets = new Buckets(self, limits.table().replacementsMax(), nowMillis);
        this.staleness = new Staleness(self, buckets, limits);
    }

    /** Records a contact that answered a request of ours from this endpoint. For a known contact the stored object is kept. */
    public TableVerdict answered(Contact contact, long nowMillis) {
        Bucket bucket = buckets.of(contact.id());
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
            return new TableVerdict.Ask(bucket.contact(place));
        }
        bucket.move(place, contact);
        bucket.heard(place, nowMillis);
        return KNOWN;
    }

    /**
     * Records that a contact did not answer a request, including all retries. It is removed if a replacement waits, or after
     * {@link KademliaLimits.Table#failuresMax} consecutive failures.
     *
     * @return whether it was removed
     */
    public boolean failed(Contact contact) {
        Bucket bucket = buckets.of(contact.id());
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

    /** Whether an unknown contact would get a place at once. */
    public boolean hasRoomFor(Contact contact) {
        int index = buckets.indexOf(contact.id());
        Bucket bucket = buckets.get(index);
        return hasRoom(index, contact.id())
                && bucket.placeOf(contact.id()) < 0
                && !contact.id().equals(self)
                && !contains(contact.endpoint())
                && mayTakeFromItsBlock(bucket, contact);
    }

    /** Whether a contact close to a point might get a place at once: one check instead of one for each contact named in an answer. */
    public boolean mayHaveRoomNear(Id160 point) {
        int index = buckets.indexOf(point);
        return buckets.get(index).count() < limits.k()
                || isSplittable(index)
                || buckets.countDeeper(index, limits.k()) < limits.k();
    }

    /** Whether this contact has a place with this endpoint. */
    public boolean contains(Contact contact) {
        Bucket bucket = buckets.of(contact.id());
        int place = bucket.placeOf(contact.id());
        return place >= 0 && bucket.contact(place).endpoint().equals(contact.endpoint());
    }

    /** The contact with this id, if it has a place. */
    public Optional<Contact> find(NodeId id) {
        Bucket bucket = buckets.of(id);
        int place = bucket.placeOf(id);
        return place < 0 ? Optional.empty() : Optional.of(bucket.contact(place));
    }

    /** Whether any contact has a place with this endpoint. */
    public boolean contains(Endpoint endpoint) {
        return buckets.at(endpoint) != null;
    }

    /**
     * The contacts closest to a point, closest first, without those whose last request is unanswered. Walks the buckets in order of
     * distance and stops when it has enough: usually it reads only one.
     */
    public List<Contact> closest(Id160 target, int count) {
        return buckets.nearest(target, Math.min(count, size), false, null);
    }

    /** The same for an asker, which is left out of its own answer. */
    public List<Contact> closestBut(NodeId asker, Id160 target, int count) {
        return buckets.nearest(target, Math.min(count, size), false, asker);
    }

    /** Every contact, closest to this node first. */
    public List<Contact> contacts() {
        return buckets.nearest(self, size, true, null);
    }

    /**
     * The number of contacts closer to a point than this node; counting stops at {@code enough}. Near this node the count is complete up to
     * that number, because a node knows its neighbours; far away it covers only some of them.
     */
    public int countCloser(Id160 point, int enough) {
        return Math.min(enough, buckets.countCloserThanSelf(point, enough));
    }

    /**
     * The contact to ask next to keep the table current: one that failed, else the one with the longest silence, if that is long enough.
     *
     * @param except those being asked already
     * @param alsoFailing false to leave out failed contacts: while nobody answers, this node itself may be cut off
     * @param neighbourWeight the factor on the silence of the nearest contacts
     */
    public Optional<Contact> stalest(
            long nowMillis, Collection<Contact> except, boolean alsoFailing, int neighbourWeight) {
        return staleness.stalest(nowMillis, except, alsoFailing, neighbourWeight);
    }

    /**
     * The nearest of the k nearest contacts that has been silent for at least this long.
     *
     * @param except those being asked already
     */
    public Optional<Contact> nearestSilent(long silenceMillis, long nowMillis, Collection<Contact> except) {
        return staleness.nearestSilent(silenceMillis, nowMillis, except);
    }

    /** Whether a node is, or would be, one of the k nearest contacts. */
    public boolean isNeighbour(NodeId id) {
        return staleness.isNeighbour(id);
    }

    /** Marks all contacts as never heard, so that each is asked soon: after a suspension nothing is certain. */
    public void doubtAll() {
        for (int index = 0; index < buckets.count(); index++) {
            buckets.get(index).doubt();
        }
    }

    /** A random point in the bucket of a contact: asking the contact for it also refreshes the bucket. */
    public Key pointNear(NodeId id, RandomGenerator random) {
        return buckets.pointIn(buckets.indexOf(id), random);
    }

    /** A random point in each bucket farther than the own one with fewer than {@code count} contacts: the look-up targets of a newcomer. */
    public List<Key> pointsInSparseBuckets(int count, RandomGenerator random) {
        return staleness.pointsInSparseBuckets(count, random);
    }

    /** The number of contacts in the bucket of a point. */
    public int countIn(Id160 point) {
        return buckets.of(point).count();
    }

    /** A random point in the farthest bucket that has been untouched for too long. */
    public Optional<Key> pointInUntouchedBucket(long nowMillis, RandomGenerator random) {
        return staleness.pointInUntouchedBucket(nowMillis, random);
    }

    /** Records that a look-up went through the bucket of this point. */
    public void touch(Id160 target, long nowMillis) {
        buckets.of(target).touch(nowMillis);
    }

    /** The number of contacts with a place. */
    public int size() {
        return size;
    }

    /** How many times a contact has been added since the start. */
    public long seen() {
        return seen;
    }

    /** The mean number of contacts in the non-empty buckets; 0 if there is none. */
    public double meanFill() {
        return size == 0 ? 0 : size / (double) buckets.countNonEmpty();
    }

    public int bucketCount() {
        return buckets.count();
    }

    public int nonEmptyBucketCount() {
        return buckets.countNonEmpty();
    }

    private TableVerdict admit(Contact contact, long nowMillis) {
        int index = buckets.indexOf(contact.id());
        while (isSplittable(index)) {
            buckets.split(nowMillis);
            index = buckets.indexOf(contact.id());
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
        return isQuestionable ? new TableVerdict.Ask(bucket.contact(oldest)) : CACHED;
    }

    /** Whether a newcomer would get a place: a free one, one made by a split, or that of a contact farther away in the neighbourhood. */
    private boolean hasRoom(int index, NodeId id) {
        Bucket bucket = buckets.get(index);
        if (bucket.count() < limits.k() || isSplittable(index)) {
            return true;
        }
        return buckets.countDeeper(index, limits.k()) < limits.k()
                && (bucket.count() < siblingsMax
                        || self.compareDistance(
                                        id,
                                        bucket.contact(bucket.farthestFrom(self))
                                                .id())
                                < 0);
    }

    /** A table with fewer than k contacts accepts all: a lab whose public addresses are one block is a network as well. */
    private boolean mayTakeFromItsBlock(Bucket bucket, Contact contact) {
        long block = AddressBlock.prefixOf(contact.endpoint().address());
        if (block == AddressBlock.NONE || size() < limits.k()) {
            return true;
        }
        return bucket.countInBlock(block) < limits.table().perBlockInBucketMax()
                && buckets.countInBlock(block) < limits.table().perBlockMax();
    }

    /** Another node answered from an endpoint: its former owner is gone, and its bucket may hold more ids made up by the same host. */
    private void evictFormerOf(Endpoint endpoint) {
        Bucket bucket = buckets.at(endpoint);
        if (bucket != null) {
            evict(bucket, bucket.placeOf(endpoint, endpoint.hashCode()));
            bucket.doubt();
        }
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
        return index == buckets.count() - 1
                && buckets.count() < Id160.LENGTH_BITS
                && buckets.get(index).count() >= limits.k();
    }
}
