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
    private static final NodeId SELF = NodeId.fromHex("00".repeat(20));

    private final RoutingTable table = new RoutingTable(SELF, LIMITS, 0);

    @Test
    void aFullBucketKeepsItsOldContactsAndLetsTheNewWait() {
        List<Contact> far = farContacts(21);
        far.subList(0, 20)
                .forEach(contact -> assertThat(table.answered(contact, 0)).isEqualTo(new Admission.Added()));
        splitOwnBucket();

        assertThat(table.answered(far.get(20), 1_000)).isEqualTo(new Admission.Cached());
        assertThat(table.contains(far.get(20))).isFalse();
        assertThat(table.hasRoomFor(farContacts(30).get(29))).isFalse();
    }

    @Test
    void theOldestOfAFullBucketIsToBeAskedWhenItHasBeenSilentForLong() {
        List<Contact> far = farContacts(21);
        for (int i = 0; i < 20; i++) {
            table.answered(far.get(i), i);
        }
        splitOwnBucket();
        table.answered(far.get(0), 500);
        long later = LIMITS.table().questionableMillis() + 100;

        assertThat(table.answered(far.get(20), later)).isEqualTo(new Admission.Ask(far.get(1)));
        assertThat(table.failed(far.get(1))).isTrue();
        assertThat(table.contains(far.get(20)))
                .as("the one that waited took the place")
                .isTrue();
    }

    @Test
    void aContactFailsTwiceBeforeItLeavesWhenNobodyWaits() {
        Contact contact = farContacts(1).get(0);
        table.answered(contact, 0);

        assertThat(table.failed(contact)).isFalse();
        assertThat(table.closest(contact.id(), 1)).as("but it is not passed on").isEmpty();
        assertThat(table.stalest(0)).as("and asked next").contains(contact);
        assertThat(table.failed(contact)).isTrue();
        assertThat(table.size()).isZero();
    }

    @Test
    void anEndpointThatChangesItsIdLosesTheOldOne() {
        List<Contact> two = farContacts(2);
        table.answered(two.get(0), 0);
        Contact other = new Contact(two.get(1).id(), two.get(0).endpoint());

        assertThat(table.answered(other, 1)).isEqualTo(new Admission.Added());
        assertThat(table.contacts()).containsExactly(other);
    }

    @Test
    void anIdThatMovesIsBelievedOnceItsOldEndpointIsSilent() {
        Contact old = farContacts(1).get(0);
        Contact moved = new Contact(old.id(), Networks.endpoint(999));
        table.answered(old, 0);

        assertThat(table.answered(moved, 1)).isEqualTo(new Admission.Ask(old));
        assertThat(table.failed(old)).isTrue();
        assertThat(table.contacts()).containsExactly(moved);
    }

    @Test
    void itNeverTakesItself() {
        assertThat(table.answered(new Contact(SELF, Networks.endpoint(0)), 0)).isEqualTo(new Admission.Refused());
    }

    @Test
    void theStalestIsTheOneHeardLongestAgo() {
        List<Contact> far = farContacts(3);
        for (int i = 0; i < 3; i++) {
            table.answered(far.get(i), i * 10L);
        }
        table.answered(far.get(0), 100);

        assertThat(table.stalest(LIMITS.upkeep().probeSilenceMillis())).isEmpty();
        assertThat(table.stalest(LIMITS.upkeep().probeSilenceMillis() + 50)).contains(far.get(1));
    }

    @Test
    void bucketsThatNothingTouchedAreToBeRefreshed() {
        farContacts(20).forEach(contact -> table.answered(contact, 0));
        splitOwnBucket();
        SplittableRandom random = new SplittableRandom(1);
        long hour = LIMITS.upkeep().bucketRefreshMillis();
        Key far = table.pointsInFartherBuckets(random).get(0);
        table.touch(far, hour / 2);

        List<Key> points = table.pointsInUntouchedBuckets(hour, random);
        assertThat(points).hasSize(table.bucketCount() - 1);
        assertThat(points).noneMatch(point -> point.bit(0));
        assertThat(far.bit(0)).isTrue();
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
        assertThat(perBucket.values()).as(where).allMatch(count -> count <= LIMITS.k());
        Key target = Key.random(random);
        List<Contact> closest = table.closest(target, 1_000);
        assertThat(contacts).as(where).containsAll(closest);
        assertThat(closest).as(where).isEqualTo(Networks.closest(closest, target, 1_000));
        assertThat(table.closest(target, 7)).as(where).isEqualTo(closest.subList(0, Math.min(7, closest.size())));
    }

    /** Contacts in the half of the space where this node is not. */
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

    private void splitOwnBucket() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; table.bucketCount() == 1; i++) {
            NodeId id = NodeId.random(random);
            if (!id.bit(0)) {
                table.answered(new Contact(id, Networks.endpoint(2_000 + i)), 0);
            }
        }
    }
}
