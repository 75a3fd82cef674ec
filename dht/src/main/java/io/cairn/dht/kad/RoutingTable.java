package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Whom a node knows: k-buckets, of which the one around the own id splits when it is full (Kademlia, section 2.4). Only contacts that
 * answered a request of ours enter, so what is passed on to others has been alive; one contact an endpoint, so one host cannot pose
 * as many. It never sends: when somebody should be asked, it says so. About k·log2(n/k) contacts in a network of n nodes.
 */
public final class RoutingTable {
    private final NodeId self;
    private final KademliaLimits limits;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Map<Endpoint, NodeId> endpoints = new LinkedHashMap<>();

    /**
     * @param nowMillis monotonic, as everywhere in this class
     */
    public RoutingTable(NodeId self, KademliaLimits limits, long nowMillis) {
        this.self = self;
        this.limits = limits;
        buckets.add(newBucket(nowMillis));
    }

    /** Takes in a contact that answered a request of ours from this endpoint. */
    public Admission answered(Contact contact, long nowMillis) {
        if (contact.id().equals(self)) {
            return new Admission.Refused();
        }
        NodeId formerId = endpoints.get(contact.endpoint());
        if (formerId != null && !formerId.equals(contact.id())) {
            evict(formerId, contact.endpoint());
        }
        Bucket bucket = bucketOf(contact.id());
        Bucket.Place place = bucket.place(contact.id());
        if (place == null) {
            return admit(contact, nowMillis);
        }
        if (!place.contact().endpoint().equals(contact.endpoint())) {
            if (place.failures() == 0) {
                bucket.await(contact);
                return new Admission.Ask(place.contact());
            }
            endpoints.remove(place.contact().endpoint());
            endpoints.put(contact.endpoint(), contact.id());
        }
        bucket.heard(contact, nowMillis);
        return new Admission.Known();
    }

    /**
     * Takes note that a contact did not answer a request, all its repetitions included. It leaves if somebody waits for its place,
     * or when it has failed {@link KademliaLimits.Table#failuresMax} times in a row.
     *
     * @return whether it left
     */
    public boolean failed(Contact contact) {
        Bucket bucket = bucketOf(contact.id());
        Bucket.Place place = bucket.place(contact.id());
        if (place == null || !place.contact().endpoint().equals(contact.endpoint())) {
            bucket.forgetReplacement(contact.id());
            return false;
        }
        place.fail();
        if (place.failures() < limits.table().failuresMax() && !bucket.hasReplacement()) {
            return false;
        }
        evict(contact.id(), contact.endpoint());
        return true;
    }

    /** Whether a contact that is not known would get a place at once. */
    public boolean hasRoomFor(Contact contact) {
        if (contact.id().equals(self) || endpoints.containsKey(contact.endpoint())) {
            return false;
        }
        Bucket bucket = bucketOf(contact.id());
        return bucket.place(contact.id()) == null && (!bucket.isFull() || isSplittable(bucket));
    }

    /** Whether this contact has a place, at this endpoint. */
    public boolean contains(Contact contact) {
        NodeId known = endpoints.get(contact.endpoint());
        return known != null && known.equals(contact.id());
    }

    /** Whether some contact has a place with this endpoint. */
    public boolean contains(Endpoint endpoint) {
        return endpoints.containsKey(endpoint);
    }

    /** The contacts closest to a point, closest first, but none whose last request stayed unanswered. */
    public List<Contact> closest(Id160 target, int count) {
        record Ranked(Distance distance, Contact contact) {}
        return places().filter(place -> place.failures() == 0)
                .map(place -> new Ranked(place.contact().id().distanceTo(target), place.contact()))
                .sorted(Comparator.comparing(Ranked::distance))
                .limit(count)
                .map(Ranked::contact)
                .toList();
    }

    /** Every contact, closest to this node first. */
    public List<Contact> contacts() {
        return places().map(Bucket.Place::contact)
                .sorted(Comparator.comparing(contact -> contact.id().distanceTo(self)))
                .toList();
    }

    /** Whom to ask next to keep the table true: one that failed, else the one heard longest ago, if that is long enough. */
    public Optional<Contact> stalest(long nowMillis) {
        return places().filter(place -> place.failures() > 0
                        || place.heardMillis() <= nowMillis - limits.upkeep().probeSilenceMillis())
                .min(Comparator.<Bucket.Place>comparingInt(place -> place.failures() > 0 ? 0 : 1)
                        .thenComparingLong(Bucket.Place::heardMillis))
                .map(Bucket.Place::contact);
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

    /** A random point in each bucket that nothing has touched for too long. */
    public List<Key> pointsInUntouchedBuckets(long nowMillis, RandomGenerator random) {
        List<Key> points = new ArrayList<>();
        for (int index = 0; index < buckets.size(); index++) {
            if (buckets.get(index).touchedMillis()
                    <= nowMillis - limits.upkeep().bucketRefreshMillis()) {
                points.add(pointIn(index, random));
            }
        }
        return points;
    }

    /** Takes note that a look-up went through the bucket of this point. */
    public void touch(Id160 target, long nowMillis) {
        bucketOf(target).touch(nowMillis);
    }

    /** How many contacts have a place. */
    public int size() {
        return endpoints.size();
    }

    public int bucketCount() {
        return buckets.size();
    }

    public int nonEmptyBucketCount() {
        return (int) buckets.stream().filter(b -> !b.places().isEmpty()).count();
    }

    private Admission admit(Contact contact, long nowMillis) {
        Bucket bucket = bucketOf(contact.id());
        while (bucket.isFull() && isSplittable(bucket)) {
            split(nowMillis);
            bucket = bucketOf(contact.id());
        }
        if (!bucket.isFull()) {
            bucket.heard(contact, nowMillis);
            endpoints.put(contact.endpoint(), contact.id());
            return new Admission.Added();
        }
        bucket.await(contact);
        Bucket.Place oldest = bucket.oldest();
        boolean isQuestionable = oldest.failures() > 0
                || oldest.heardMillis() <= nowMillis - limits.table().questionableMillis();
        return isQuestionable ? new Admission.Ask(oldest.contact()) : new Admission.Cached();
    }

    private void evict(NodeId id, Endpoint endpoint) {
        Bucket bucket = bucketOf(id);
        bucket.remove(id);
        endpoints.remove(endpoint);
        Contact promoted = bucket.promote(candidate -> !endpoints.containsKey(candidate.endpoint()));
        if (promoted != null) {
            endpoints.put(promoted.endpoint(), promoted.id());
        }
    }

    private boolean isSplittable(Bucket bucket) {
        return bucket == buckets.get(buckets.size() - 1) && buckets.size() < Id160.LENGTH_BITS;
    }

    private void split(long nowMillis) {
        int depth = buckets.size();
        Bucket own = buckets.get(depth - 1);
        Bucket deeper = newBucket(Math.max(own.touchedMillis(), nowMillis));
        own.moveTo(deeper, id -> id.commonPrefixLength(self) >= depth);
        buckets.add(deeper);
    }

    private Bucket newBucket(long nowMillis) {
        return new Bucket(limits.k(), limits.table().replacementsMax(), nowMillis);
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

    private Stream<Bucket.Place> places() {
        return buckets.stream().flatMap(bucket -> bucket.places().stream());
    }
}
