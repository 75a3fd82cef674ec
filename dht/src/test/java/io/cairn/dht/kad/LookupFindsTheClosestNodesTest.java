package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupFindsTheClosestNodesTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final NodeId SELF = NodeId.random(new SplittableRandom(99));

    @ParameterizedTest
    @CsvSource({"1, 10, 0", "2, 200, 0", "3, 1000, 0", "4, 1000, 30", "5, 1000, 50"})
    void amongTheLiving(long seed, int size, int deadPercent) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Contact> all = Networks.contacts(size, random);
        Set<Contact> dead = new LinkedHashSet<>(all.subList(0, size * deadPercent / 100));
        Map<Contact, RoutingTable> tables = tables(all, random);
        List<Contact> living = all.stream().filter(c -> !dead.contains(c)).toList();
        for (int round = 0; round < 20; round++) {
            Key target = Key.random(random);
            Lookup lookup = lookup(target, living.subList(0, Math.min(5, living.size())));
            run(lookup, random, dead, asked -> closest(tables, asked, target));

            assertThat(lookup.closest())
                    .as("seed %d round %d", seed, round)
                    .containsAll(Networks.closest(living, target, LIMITS.k()).subList(0, Math.min(size, 10)));
            assertThat(lookup.closest()).isEqualTo(Networks.closest(lookup.closest(), target, LIMITS.k()));
        }
    }

    @Test
    void alphaRequestsAreInFlightAndAStalledOneFreesItsPlace() {
        List<Contact> all = Networks.contacts(20, new SplittableRandom(1));
        Lookup lookup = lookup(Key.at(SELF), all);
        Contact first = lookup.next().orElseThrow();
        assertThat(lookup.next()).isPresent();
        assertThat(lookup.next()).isPresent();

        assertThat(lookup.next()).isEmpty();
        lookup.onStalled(first);
        assertThat(lookup.next()).as("its place").isPresent();
        assertThat(lookup.next()).as("one more, since somebody was silent").isPresent();
        assertThat(lookup.next()).isEmpty();
        lookup.onAnswer(first, List.of());
        assertThat(lookup.next()).as("its place was free already").isEmpty();
        assertThat(lookup.closest()).containsExactly(first);
    }

    @Test
    void itWaitsForAStalledNodeAmongTheClosest() {
        List<Contact> two = Networks.contacts(2, new SplittableRandom(1));
        Lookup lookup = lookup(Key.at(SELF), two);
        Contact first = lookup.next().orElseThrow();
        Contact second = lookup.next().orElseThrow();
        lookup.onAnswer(first, List.of());
        lookup.onStalled(second);

        assertThat(lookup.isFinished()).isFalse();
        lookup.onFailure(second);
        assertThat(lookup.isFinished()).isTrue();
        assertThat(lookup.closest()).containsExactly(first);
    }

    @Test
    void aNodeThatAnswersAfterItWasGivenUpStillCounts() {
        List<Contact> two = Networks.contacts(2, new SplittableRandom(1));
        Lookup lookup = lookup(Key.at(SELF), two);
        Contact first = lookup.next().orElseThrow();
        Contact second = lookup.next().orElseThrow();
        lookup.onStalled(first);
        lookup.onFailure(first);
        lookup.onAnswer(first, List.of());
        lookup.onAnswer(second, List.of());

        assertThat(lookup.isFinished()).isTrue();
        assertThat(lookup.closest()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aLiarCannotLeadItOnForEver() {
        SplittableRandom random = new SplittableRandom(3);
        Key target = Key.random(random);
        Contact liar = Networks.contacts(1, random).get(0);
        Contact honest = new Contact(NodeId.random(random), Networks.endpoint(70_000));
        Lookup lookup = lookup(target, List.of(liar, honest));
        int asked = 0;
        for (Optional<Contact> next = lookup.next(); !lookup.isFinished(); next = lookup.next()) {
            Contact contact = next.orElseThrow();
            asked++;
            if (contact.equals(liar)) {
                lookup.onAnswer(liar, invented(target, 20, random));
            } else if (contact.equals(honest)) {
                lookup.onAnswer(honest, List.of());
            } else {
                lookup.onFailure(contact);
            }
        }
        assertThat(asked).isLessThanOrEqualTo(2 + LIMITS.lookups().liesMax());
        assertThat(lookup.closest()).containsExactlyInAnyOrder(liar, honest);
    }

    @Test
    void manyLiarsThatAnswerEndAtTheLimit() {
        SplittableRandom random = new SplittableRandom(4);
        Key target = Key.random(random);
        Lookup lookup = lookup(target, Networks.contacts(1, random));
        int asked = 0;
        for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
            asked++;
            lookup.onAnswer(next.get(), closer(target, next.get(), 20, random));
        }
        assertThat(lookup.isFinished()).isTrue();
        assertThat(asked).isLessThanOrEqualTo(LIMITS.lookups().requestsMax());
    }

    @Test
    void aFalseEndpointDoesNotHideANode() {
        SplittableRandom random = new SplittableRandom(5);
        List<Contact> all = Networks.contacts(3, random);
        Contact real = all.get(2);
        Contact fake = new Contact(real.id(), Networks.endpoint(5_000));
        Lookup lookup = lookup(Key.at(real.id()), all.subList(0, 2));
        Contact liar = lookup.next().orElseThrow();
        Contact honest = lookup.next().orElseThrow();
        lookup.onAnswer(liar, List.of(fake));
        lookup.onAnswer(honest, List.of(real));

        assertThat(lookup.next()).contains(fake);
        lookup.onFailure(fake);
        assertThat(lookup.next()).contains(real);
        lookup.onAnswer(real, List.of());
        assertThat(lookup.closest()).contains(real);
    }

    @Test
    void addressesOfNobodyAreNotAsked() {
        SplittableRandom random = new SplittableRandom(6);
        Contact source = Networks.contacts(1, random).get(0);
        Lookup lookup = lookup(Key.random(random), List.of(source));
        lookup.next();
        lookup.onAnswer(
                source,
                List.of(
                        new Contact(NodeId.random(random), Endpoint.parse("0.0.0.0:1")),
                        new Contact(NodeId.random(random), Endpoint.parse("224.0.0.1:1")),
                        new Contact(NodeId.random(random), Endpoint.parse("127.0.0.1:1")),
                        new Contact(SELF, Endpoint.parse("10.9.9.9:1"))));

        assertThat(lookup.isFinished()).isTrue();
    }

    @Test
    void idsAtOneEndpointOrInOnePublicBlockCostNothingAndAreFew() {
        SplittableRandom random = new SplittableRandom(7);
        Contact source = Networks.contacts(1, random).get(0);
        List<Contact> atOneEndpoint = new ArrayList<>();
        List<Contact> inOneBlock = new ArrayList<>();
        for (int i = 0; i < LIMITS.k(); i++) {
            atOneEndpoint.add(new Contact(NodeId.random(random), Networks.endpoint(9_000)));
            inOneBlock.add(new Contact(NodeId.random(random), Endpoint.parse("198.51.100." + i + ":4747")));
        }
        Key target = Key.random(random);

        assertThat(askedAfter(target, source, atOneEndpoint)).hasSize(3);
        assertThat(askedAfter(target, source, inOneBlock))
                .containsExactlyElementsOf(
                        Networks.closest(inOneBlock, target, LIMITS.lookups().perBlockMax()));
    }

    @Test
    void whoLivesInOnePublicBlockFindsTheOthersThere() {
        SplittableRandom random = new SplittableRandom(8);
        List<Contact> campus = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            campus.add(new Contact(NodeId.random(random), Endpoint.parse("198.51.100." + i + ":4747")));
        }
        OracleNetwork network = new OracleNetwork(campus, LIMITS.k(), random);
        Key target = Key.random(random);
        Lookup lookup = lookup(target, network.closestInTable(0, target, LIMITS.k()));
        run(lookup, random, Set.of(), asked -> network.closestInTable(network.indexOf(asked.id()), target, LIMITS.k()));

        assertThat(lookup.closest()).isEqualTo(Networks.closest(campus, target, LIMITS.k()));
    }

    /** The contacts that a look-up asks after its only contact has named some, each of which has no contacts. */
    private static List<Contact> askedAfter(Key target, Contact source, List<Contact> named) {
        Lookup lookup = lookup(target, List.of(source));
        lookup.next();
        lookup.onAnswer(source, named);
        List<Contact> asked = new ArrayList<>();
        for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
            asked.add(next.get());
            lookup.onAnswer(next.get(), List.of());
        }
        return asked;
    }

    private static Lookup lookup(Key target, List<Contact> seeds) {
        return new Lookup(
                target, SELF, LIMITS.k(), LIMITS, null, count -> seeds.subList(0, Math.min(count, seeds.size())));
    }

    private interface Network {
        List<Contact> answer(Contact asked);
    }

    private static void run(Lookup lookup, SplittableRandom random, Set<Contact> dead, Network network) {
        Deque<Contact> open = new ArrayDeque<>();
        List<Contact> stalled = new ArrayList<>();
        while (!lookup.isFinished()) {
            for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
                open.add(next.get());
            }
            if (open.isEmpty()) {
                lookup.onFailure(stalled.remove(0));
                continue;
            }
            Contact contact = open.remove();
            if (!dead.contains(contact)) {
                lookup.onAnswer(contact, network.answer(contact));
            } else if (random.nextBoolean()) {
                lookup.onFailure(contact);
            } else {
                lookup.onStalled(contact);
                stalled.add(contact);
            }
        }
    }

    private static Map<Contact, RoutingTable> tables(List<Contact> all, SplittableRandom random) {
        Map<Contact, RoutingTable> tables = new LinkedHashMap<>();
        for (Contact owner : all) {
            RoutingTable table = new RoutingTable(owner.id(), LIMITS, 0);
            int offset = random.nextInt(all.size());
            for (int i = 0; i < all.size(); i++) {
                table.answered(all.get((i + offset) % all.size()), 0);
            }
            tables.put(owner, table);
        }
        return tables;
    }

    private static List<Contact> closest(Map<Contact, RoutingTable> tables, Contact asked, Key target) {
        RoutingTable table = tables.get(asked);
        return table == null ? List.of() : table.closest(target, LIMITS.k());
    }

    private static List<Contact> invented(Key target, int count, SplittableRandom random) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = target.toBytes();
            id[18] = (byte) random.nextInt();
            id[19] = (byte) i;
            contacts.add(new Contact(NodeId.of(id), Networks.endpoint(random.nextInt(60_000))));
        }
        return contacts;
    }

    /** Made-up nodes, each a bit closer than the one asked. */
    private static List<Contact> closer(Key target, Contact than, int count, SplittableRandom random) {
        int shared = Math.min(150, than.id().commonPrefixLength(target) + 1);
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = NodeId.random(random).toBytes();
            for (int bit = 0; bit < shared; bit++) {
                int mask = 0x80 >>> (bit & 7);
                id[bit >>> 3] = (byte) (target.bit(bit) ? id[bit >>> 3] | mask : id[bit >>> 3] & ~mask);
            }
            contacts.add(new Contact(NodeId.of(id), Networks.endpoint(random.nextInt(60_000))));
        }
        return contacts;
    }
}
