package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand nodes, a fraction of which collude: to any request they name the twenty colluders closest to the target. A look-up succeeds
 * if it finds the closest honest node.
 */
class LookupsAmongLiarsTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final int K = LIMITS.k();
    private static final int NODES = 10_000;
    private static final int LOOKUPS = 1_000;

    private final SplittableRandom random = new SplittableRandom(23);
    private final OracleNetwork network = new OracleNetwork(NODES, K, random);
    private int requests;
    private int overDisjointPaths;

    /** The defaults: one path, and eight if the result is implausibly far away. */
    @ParameterizedTest
    @CsvSource({"20, 0.995, 25", "30, 0.98, 27"})
    void theClosestHonestNodeIsFound(int liarsPercent, double successMin, double requestsMax) {
        double success = success(liarsPercent, LIMITS, 0.07);

        assertThat(success).isGreaterThanOrEqualTo(successMin);
        assertThat((double) requests / LOOKUPS).isLessThan(requestsMax);
    }

    /** The view of a node that has only just joined: its size estimate is off by a fifth. */
    @ParameterizedTest
    @CsvSource({"20, 0.99", "30, 0.97"})
    void aPoorSizeEstimateDoes(int liarsPercent, double successMin) {
        assertThat(success(liarsPercent, LIMITS, 0.22)).isGreaterThanOrEqualTo(successMin);
    }

    /** The setting for networks with expected liars: all look-ups over disjoint paths, at less than twice the requests. */
    @Test
    void disjointPathsFromTheStartNeedNoSizeEstimate() {
        KademliaLimits.Lookups lookups = LIMITS.lookups();
        KademliaLimits wary = LIMITS.withLookups(new KademliaLimits.Lookups(
                lookups.requestsMax(), lookups.candidatesMax(), lookups.liesMax(), lookups.perBlockMax(), 8, 8));

        assertThat(success(30, wary, Double.NaN)).isGreaterThanOrEqualTo(0.99);
        assertThat((double) requests / LOOKUPS).isLessThan(45);
    }

    @Test
    void withoutLiarsTheDoubtIsRareAndHarmless() {
        assertThat(success(0, LIMITS, 0.07)).isEqualTo(1);
        assertThat(overDisjointPaths).isLessThanOrEqualTo(LOOKUPS / 200);
    }

    @Test
    void noNodeIsAskedTwiceAndNoneOnTwoPaths() {
        KademliaLimits.Lookups lookups = LIMITS.lookups();
        KademliaLimits wary = LIMITS.withLookups(new KademliaLimits.Lookups(
                lookups.requestsMax(), lookups.candidatesMax(), lookups.liesMax(), lookups.perBlockMax(), 4, 8));
        for (int i = 0; i < 50; i++) {
            Key target = Key.random(random);
            Lookup lookup = lookup(target, random.nextInt(NODES), wary, Double.NaN);
            List<Contact> asked = run(lookup, target, Set.of());
            assertThat(asked).doesNotHaveDuplicates();
            assertThat(lookup.isOverDisjointPaths()).isTrue();
        }
    }

    private double success(int liarsPercent, KademliaLimits limits, double sizeError) {
        Set<Contact> liars = new LinkedHashSet<>();
        while (liars.size() < NODES * liarsPercent / 100) {
            liars.add(network.contact(random.nextInt(NODES)));
        }
        int found = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            int self = random.nextInt(NODES);
            Key target = Key.random(random);
            Lookup lookup = lookup(target, self, limits, sizeError);
            requests += run(lookup, target, liars).size();
            overDisjointPaths += lookup.isOverDisjointPaths() ? 1 : 0;
            NodeId id = network.contact(self).id();
            Contact closest = network.closest(target, 10 * K).stream()
                    .filter(contact -> !liars.contains(contact) && !contact.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            found += lookup.closest().contains(closest) ? 1 : 0;
        }
        return (double) found / LOOKUPS;
    }

    /**
     * @param sizeError standard deviation of the size estimate, as a fraction of the size; NaN if there is no estimate
     */
    private Lookup lookup(Key target, int self, KademliaLimits limits, double sizeError) {
        @Nullable
        NetworkSize size = Double.isNaN(sizeError)
                ? null
                : new NetworkSize(
                        NODES * Math.exp(sizeError * normal()), (int) Math.ceil(1 / (K * sizeError * sizeError)), K);
        NodeId id = network.contact(self).id();
        return new Lookup(target, id, K, limits, size, count -> network.closestInTable(self, target, count));
    }

    private List<Contact> run(Lookup lookup, Key target, Set<Contact> liars) {
        int[] numbers = liars.stream()
                .mapToInt(contact -> network.indexOf(contact.id()))
                .toArray();
        List<Contact> accomplices = network.closest(numbers, target, K);
        List<Contact> asked = new ArrayList<>();
        Deque<Contact> open = new ArrayDeque<>();
        do {
            for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
                asked.add(next.get());
                open.add(next.get());
            }
            Contact contact = open.poll();
            if (contact != null) {
                boolean isLiar = liars.contains(contact);
                int number = network.indexOf(contact.id());
                lookup.onAnswer(contact, isLiar ? accomplices : network.closestInTable(number, target, K));
            }
        } while (!open.isEmpty() || !lookup.isFinished());
        return asked;
    }

    private double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
