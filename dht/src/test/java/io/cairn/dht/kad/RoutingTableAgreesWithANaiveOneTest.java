package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on the table and on a plain model of it, whose results must agree after each. */
class RoutingTableAgreesWithANaiveOneTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final int STEPS = 6_000;

    /** Ids that share many bits fill the deep buckets, which random ones never reach, and tie in their first 64 bits. */
    @ParameterizedTest
    @CsvSource({"1, 600, 0", "2, 600, 0", "3, 60, 0", "4, 300, 2", "5, 300, 3", "6, 300, 8", "7, 2000, 3"})
    void whateverHappens(long seed, int world, int clusters) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Contact> contacts = world(world, clusters, random);
        NodeId self = near(contacts.get(0).id(), random);
        RoutingTable table = new RoutingTable(self, LIMITS, 0);
        NaiveTable naive = new NaiveTable(self, LIMITS);
        for (int step = 0; step < STEPS; step++) {
            long nowMillis = step * 500L;
            String where = "seed " + seed + " step " + step;
            Contact contact = contacts.get(random.nextInt(contacts.size()));
            assertThat(table.hasRoomFor(contact)).as(where).isEqualTo(naive.hasRoomFor(contact));
            if (random.nextInt(4) > 0) {
                assertThat(table.answered(contact, nowMillis)).as(where).isEqualTo(naive.answered(contact, nowMillis));
            } else {
                assertThat(table.failed(contact)).as(where).isEqualTo(naive.failed(contact));
            }
            if (step % 10 == 0) {
                compare(table, naive, contacts, nowMillis, random, where);
            }
        }
    }

    private static void compare(
            RoutingTable table,
            NaiveTable naive,
            List<Contact> contacts,
            long nowMillis,
            SplittableRandom random,
            String where) {
        Contact any = contacts.get(random.nextInt(contacts.size()));
        Key target = random.nextBoolean() ? Key.random(random) : Key.at(near(any.id(), random));
        int count = 1 + random.nextInt(40);
        assertThat(table.closest(target, count)).as(where).isEqualTo(naive.closest(target, count));
        assertThat(table.contains(any)).as(where).isEqualTo(naive.contains(any));
        assertThat(table.contains(any.endpoint())).as(where).isEqualTo(naive.contains(any.endpoint()));
        assertThat(table.contacts()).as(where).isEqualTo(naive.contacts());
        assertThat(table.size()).as(where).isEqualTo(naive.contacts().size());
        assertThat(table.countCloser(target, count) < count).as(where).isEqualTo(naive.isAmongClosest(target, count));
        List<Contact> except = List.of(any);
        for (boolean alsoFailing : new boolean[] {true, false}) {
            assertThat(table.stalest(
                                    nowMillis,
                                    except,
                                    alsoFailing,
                                    LIMITS.upkeep().neighbourWeight())
                            .map(naive::urgency))
                    .as(where)
                    .isEqualTo(naive.mostUrgent(nowMillis, except, alsoFailing));
        }
        long silenceMillis = random.nextInt(600_000);
        assertThat(table.nearestSilent(silenceMillis, nowMillis, except))
                .as(where)
                .isEqualTo(naive.nearestSilent(silenceMillis, nowMillis, except));
        assertThat(table.isNeighbour(any.id())).as(where).isEqualTo(naive.isNeighbour(any.id()));
    }

    private static List<Contact> world(int size, int clusters, SplittableRandom random) {
        List<NodeId> centres = new ArrayList<>();
        for (int i = 0; i < clusters; i++) {
            centres.add(NodeId.random(random));
        }
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean isSpread = clusters == 0 || random.nextInt(3) == 0;
            NodeId id = isSpread ? NodeId.random(random) : near(centres.get(random.nextInt(clusters)), random);
            contacts.add(new Contact(id, endpoint(random, size)));
        }
        for (int i = 0; i < size / 5; i++) {
            NodeId mover = contacts.get(random.nextInt(size)).id();
            contacts.add(new Contact(mover, endpoint(random, size)));
        }
        return contacts;
    }

    /** A quarter of the hosts are in a few blocks of public addresses; occasionally two ids are at one endpoint. */
    private static Endpoint endpoint(SplittableRandom random, int size) {
        int host = random.nextInt(size * 3);
        return random.nextInt(4) == 0
                ? Endpoint.of(new byte[] {(byte) 203, 0, (byte) random.nextInt(8), (byte) host}, 4747)
                : Networks.endpoint(host);
    }

    /** Another id that shares a random number of leading bits. */
    private static NodeId near(NodeId id, SplittableRandom random) {
        byte[] bytes = NodeId.random(random).toBytes();
        byte[] like = id.toBytes();
        System.arraycopy(like, 0, bytes, 0, random.nextInt(like.length));
        return NodeId.of(bytes);
    }
}
