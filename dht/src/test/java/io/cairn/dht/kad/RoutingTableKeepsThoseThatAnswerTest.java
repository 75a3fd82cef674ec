package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableKeepsThoseThatAnswerTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final int K = LIMITS.k();
    private static final NodeId SELF = NodeId.fromHex("00".repeat(20));

    private final RoutingTable table = new RoutingTable(SELF, LIMITS, 0);

    @Test
    void aFullBucketKeepsItsOldContactsAndLetsTheNewWait() {
        List<Contact> far = farContacts(K + 1);
        far.subList(0, K)
                .forEach(contact -> assertThat(table.answered(contact, 0)).isEqualTo(new TableVerdict.Added()));
        splitOwnBucket();

        assertThat(table.answered(far.get(K), 1_000)).isEqualTo(new TableVerdict.Cached());
        assertThat(table.contains(far.get(K))).isFalse();
        assertThat(table.hasRoomFor(farContacts(30).get(29))).isFalse();
    }

    @Test
    void theOldestOfAFullBucketIsToBeAskedWhenItHasBeenSilentForLong() {
        List<Contact> far = farContacts(K + 1);
        for (int i = 0; i < K; i++) {
            table.answered(far.get(i), i);
        }
        splitOwnBucket();
        table.answered(far.get(0), 500);
        long later = LIMITS.table().questionableMillis() + 100;

        assertThat(table.answered(far.get(K), later)).isEqualTo(new TableVerdict.Ask(far.get(1)));
        assertThat(table.failed(far.get(1))).isTrue();
        assertThat(table.contains(far.get(K)))
                .as("the one that waited took the place")
                .isTrue();
    }

    @Test
    void aContactFailsTwiceBeforeItLeavesWhenNobodyWaits() {
        Contact contact = farContacts(1).get(0);
        table.answered(contact, 0);

        assertThat(table.failed(contact)).isFalse();
        assertThat(table.closest(contact.id(), 1)).as("but it is not passed on").isEmpty();
        assertThat(table.stalest(0, List.of(), true, 1)).as("and asked next").contains(contact);
        assertThat(table.stalest(0, List.of(), false, 1))
                .as("unless nobody at all answers")
                .isEmpty();
        assertThat(table.failed(contact)).isTrue();
        assertThat(table.size()).isZero();
    }

    @Test
    void anEndpointThatChangesItsIdLosesTheOldOne() {
        List<Contact> two = farContacts(2);
        table.answered(two.get(0), 0);
        Contact other = new Contact(two.get(1).id(), two.get(0).endpoint());

        assertThat(table.answered(other, 1)).isEqualTo(new TableVerdict.Added());
        assertThat(table.contacts()).containsExactly(other);
    }

    @Test
    void anIdThatMovesIsBelievedOnceItsOldEndpointIsSilent() {
        Contact old = farContacts(1).get(0);
        Contact moved = new Contact(old.id(), Networks.endpoint(999));
        table.answered(old, 0);

        assertThat(table.answered(moved, 1)).isEqualTo(new TableVerdict.Ask(old));
        assertThat(table.failed(old)).isTrue();
        assertThat(table.contacts()).containsExactly(moved);
    }

    @Test
    void theOthersInTheBucketOfOneThatChangedItsIdAreAskedNext() {
        List<Contact> three = farContacts(3);
        table.answered(three.get(0), 0);
        table.answered(three.get(1), 0);
        table.answered(new Contact(three.get(2).id(), three.get(0).endpoint()), 1);

        assertThat(table.stalest(1, List.of(), true, 1)).contains(three.get(1));
        assertThat(table.stalest(1, List.of(three.get(1)), true, 1)).isEmpty();
    }

    @Test
    void aContactThatIsKnownRemainsTheObjectItWas() {
        Contact contact = farContacts(1).get(0);
        table.answered(contact, 0);
        table.answered(
                new Contact(contact.id(), Endpoint.parse(contact.endpoint().toString())), 1);

        assertThat(table.contacts().get(0)).isSameAs(contact);
    }

    @Test
    void oneBlockOfPublicAddressesHasTwoPlacesInABucketAndTenInAll() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < LIMITS.k(); i++) {
            table.answered(new Contact(near(1 + i, random), Networks.endpoint(10_000 + i)), 0);
        }
        farContacts(20).forEach(contact -> table.answered(inOneBlock(contact.id(), table.size()), 0));
        assertThat(countInTheBlock()).isEqualTo(LIMITS.table().perBlockInBucketMax());

        for (int i = 0; i < 3_000; i++) {
            table.answered(inOneBlock(near(i % 100, random), i), 0);
            table.answered(new Contact(near(i % 100, random), Networks.endpoint(i)), 0);
        }
        assertThat(countInTheBlock()).isEqualTo(LIMITS.table().perBlockMax());
    }

    @Test
    void aSmallNetworkMayBeOneBlockOfPublicAddresses() {
        farContacts(LIMITS.k()).forEach(contact -> table.answered(inOneBlock(contact.id(), table.size()), 0));
        assertThat(countInTheBlock()).isEqualTo(LIMITS.k());
    }

    private long countInTheBlock() {
        return table.contacts().stream()
                .filter(contact -> contact.endpoint().addressBytes()[0] == 8)
                .count();
    }

    private static Contact inOneBlock(NodeId id, int number) {
        return new Contact(id, Endpoint.of(new byte[] {8, 8, 8, (byte) number}, 1 + number));
    }

    @Test
    void privateAddressesAreNotCounted() {
        for (String address : List.of("10.0.0.", "127.0.0.", "192.168.1.", "169.254.1.", "[fd00::", "[fe80::")) {
            RoutingTable lan = new RoutingTable(SELF, LIMITS, 0);
            for (int i = 1; i <= 20; i++) {
                String endpoint = address + i + (address.startsWith("[") ? "]" : "") + ":4747";
                lan.answered(new Contact(farContacts(20).get(i - 1).id(), Endpoint.parse(endpoint)), 0);
            }
            assertThat(lan.size()).as(address).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 30, 60, 200, 1_000, 10_000})
    void itKnowsItsTrueNeighboursHoweverUnevenTheTree(int size) {
        SplittableRandom random = new SplittableRandom(size);
        List<Contact> world = new ArrayList<>(Networks.contacts(size, random));
        for (int i = 0; i < size / 10; i++) {
            world.add(new Contact(near(random.nextInt(40), random), Networks.endpoint(size + i)));
        }
        world.forEach(contact -> table.answered(contact, 0));

        assertThat(table.closest(SELF, LIMITS.k())).isEqualTo(Networks.closest(world, SELF, LIMITS.k()));
        for (int i = 0; i < 200; i++) {
            NodeId point = near(random.nextInt(60), random);
            List<Contact> closest = Networks.closest(world, point, LIMITS.k());
            boolean isTrue = closest.size() < LIMITS.k()
                    || point.compareDistance(SELF, closest.get(LIMITS.k() - 1).id()) < 0;
            assertThat(table.countCloser(point, LIMITS.k()) < LIMITS.k())
                    .as(point.toHex())
                    .isEqualTo(isTrue);
        }
    }

    @Test
    void itNeverTakesItself() {
        assertThat(table.answered(new Contact(SELF, Networks.endpoint(0)), 0)).isEqualTo(new TableVerdict.Refused());
    }

    @Test
    void theStalestIsTheOneHeardLongestAgo() {
        List<Contact> far = farContacts(3);
        for (int i = 0; i < 3; i++) {
            table.answered(far.get(i), i * 10L);
        }
        table.answered(far.get(0), 100);

        assertThat(table.stalest(LIMITS.upkeep().probeSilenceMillis(), List.of(), true, 1))
                .isEmpty();
        assertThat(table.stalest(LIMITS.upkeep().probeSilenceMillis() + 50, List.of(), true, 1))
                .contains(far.get(1));
    }

    @Test
    void whoSleptDoubtsAll() {
        List<Contact> far = farContacts(3);
        far.forEach(contact -> table.answered(contact, 0));
        assertThat(table.nearestSilent(1, 0, List.of())).isEmpty();
        table.doubtAll();

        assertThat(table.stalest(0, List.of(), true, 1)).isPresent();
        assertThat(table.nearestSilent(1, 0, List.of()))
                .contains(table.contacts().get(0));
        assertThat(table.nearestSilent(1, 0, List.of(table.contacts().get(0))))
                .contains(table.contacts().get(1));
    }

    @Test
    void aNewcomerAsksForPointsOfSparseBuckets() {
        farContacts(9).forEach(contact -> table.answered(contact, 0));
        splitOwnBucket();
        SplittableRandom random = new SplittableRandom(2);

        assertThat(table.pointsInSparseBuckets(10, random))
                .anySatisfy(point -> assertThat(point.bit(0)).isTrue());
        assertThat(table.pointsInSparseBuckets(9, random))
                .allSatisfy(point -> assertThat(point.bit(0)).isFalse());
    }

    @Test
    void bucketsThatNothingTouchedAreToBeRefreshed() {
        farContacts(20).forEach(contact -> table.answered(contact, 0));
        splitOwnBucket();
        SplittableRandom random = new SplittableRandom(1);
        long hour = LIMITS.upkeep().bucketRefreshMillis();
        Key far = table.pointsInSparseBuckets(21, random).get(0);
        table.touch(far, hour / 2);

        assertThat(far.bit(0)).isTrue();
        for (int own = 1; own < table.bucketCount(); own++) {
            Key point = table.pointInUntouchedBucket(hour, random).orElseThrow();
            assertThat(point.bit(0)).isFalse();
            table.touch(point, hour);
        }
        assertThat(table.pointInUntouchedBucket(hour, random)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itsInvariantsHoldWhateverHappens(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NodeId self = NodeId.random(random);
        RoutingTable any = new RoutingTable(self, LIMITS, 0);
        List<Contact> world = new ArrayList<>(Networks.contacts(400, random));
        for (int i = 0; i < 100; i++) {
            world.add(new Contact(world.get(random.nextInt(400)).id(), Networks.endpoint(random.nextInt(500))));
        }
        Set<Contact> everAnswered = new LinkedHashSet<>();
        for (int step = 0; step < 5_000; step++) {
            Contact contact = world.get(random.nextInt(world.size()));
            long now = step * 1_000L;
            if (random.nextInt(4) > 0) {
                any.answered(contact, now);
                everAnswered.add(contact);
            } else {
                any.failed(contact);
            }
            if (step % 100 == 0) {
                check(any, self, everAnswered, random, "seed " + seed + " step " + step);
            }
        }
    }

    private static void check(
            RoutingTable table, NodeId self, Set<Contact> everAnswered, SplittableRandom random, String where) {
        List<Contact> contacts = table.contacts();
        assertThat(table.size()).as(where).isEqualTo(contacts.size());
        assertThat(everAnswered).as(where).containsAll(contacts);
        Map<Endpoint, NodeId> endpoints = new LinkedHashMap<>();
        Map<Integer, Integer> perBucket = new LinkedHashMap<>();
        Set<NodeId> ids = new LinkedHashSet<>();
        for (Contact contact : contacts) {
            assertThat(endpoints.put(contact.endpoint(), contact.id()))
                    .as(where)
                    .isNull();
            assertThat(ids.add(contact.id())).as(where).isTrue();
            assertThat(table.contains(contact)).as(where).isTrue();
            int bucket = Math.min(contact.id().commonPrefixLength(self), table.bucketCount() - 1);
            perBucket.merge(bucket, 1, Integer::sum);
        }
        assertThat(perBucket.values()).as(where).allMatch(count -> count <= LIMITS.siblingsMax());
        Key target = Key.random(random);
        List<Contact> closest = table.closest(target, 1_000);
        assertThat(contacts).as(where).containsAll(closest);
        assertThat(closest).as(where).isEqualTo(Networks.closest(closest, target, 1_000));
        assertThat(table.closest(target, 7)).as(where).isEqualTo(closest.subList(0, Math.min(7, closest.size())));
    }

    /** Contacts in the other half of the space. */
    private static List<Contact> farContacts(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<Contact> far = new ArrayList<>();
        while (far.size() < count) {
            NodeId id = NodeId.random(random);
            if (id.bit(0)) {
                far.add(new Contact(id, Networks.endpoint(far.size())));
            }
        }
        return far;
    }

    /** An id that shares at least this many leading bits with this node. */
    private static NodeId near(int bits, SplittableRandom random) {
        byte[] bytes = NodeId.random(random).toBytes();
        for (int bit = 0; bit < bits; bit++) {
            bytes[bit >>> 3] &= (byte) ~(0x80 >>> (bit & 7));
        }
        return NodeId.of(bytes);
    }

    /** Adds near contacts until no far one is a neighbour. */
    private void splitOwnBucket() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; table.bucketCount() == 1 || i < 3 * LIMITS.k(); i++) {
            NodeId id = NodeId.random(random);
            if (!id.bit(0)) {
                table.answered(new Contact(id, Networks.endpoint(2_000 + i)), 0);
            }
        }
    }
}
