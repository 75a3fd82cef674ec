package io.cairn.dht.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashRingMovesFewKeysTest {
    private static final int KEYS = 20_000;

    /**
     * The mean over seeds of the squared variation is an unbiased estimate of (N-1)/(NV+1), since the mean share is exactly 1/N. Its
     * relative error is about sqrt(2/(N * seeds)), and that of the root is half of it: 1.6 % for 2,000 shares, and 10 % is six of these.
     */
    @ParameterizedTest
    @CsvSource({"10, 150, 200", "10, 200, 200", "100, 150, 20", "100, 10, 20", "10, 1, 400"})
    void sharesVaryAsTheBetaDistributionSays(int nodeCount, int virtualNodes, int seeds) {
        double squares = 0;
        double expected = 0;
        for (int seed = 0; seed < seeds; seed++) {
            HashRing<NodeId> ring = ring(nodeCount, virtualNodes, seed);
            squares += Math.pow(ring.variation(), 2);
            expected = ring.expectedVariation();
        }
        assertThat(expected).isEqualTo(Math.sqrt((nodeCount - 1.0) / (nodeCount * virtualNodes + 1)));
        assertThat(Math.sqrt(squares / seeds)).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void sharesAddUpToOneAndAreThoseOfTheKeys() {
        HashRing<NodeId> ring = ring(10, HashRing.VIRTUAL_NODES, 7);
        Map<NodeId, Double> shares = ring.shares();
        Map<NodeId, Integer> counts = new LinkedHashMap<>();
        keys(7).forEach(key -> counts.merge(ring.owner(key).orElseThrow(), 1, Integer::sum));

        assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-12));
        shares.forEach((node, share) -> {
            double deviation = Math.sqrt(KEYS * share * (1 - share));
            assertThat((double) counts.getOrDefault(node, 0)).isCloseTo(KEYS * share, within(5 * deviation));
        });
    }

    /** The newcomer's share has mean 1/(N+1) and the variation of a share: five of its deviations bound it. */
    @ParameterizedTest
    @CsvSource({"1, 1", "9, 2", "10, 3", "50, 4", "99, 5"})
    void aJoinMovesItsShareAndAllOfItToTheNewcomer(int nodeCount, long seed) {
        HashRing<NodeId> before = ring(nodeCount, HashRing.VIRTUAL_NODES, seed);
        HashRing<NodeId> after = before.copy();
        NodeId newcomer = NodeId.random(new SplittableRandom(seed + 1_000));
        assertThat(after.add(newcomer)).isTrue();

        int moved = 0;
        for (Key key : keys(seed)) {
            NodeId owner = after.owner(key).orElseThrow();
            if (!owner.equals(before.owner(key).orElseThrow())) {
                assertThat(owner).isEqualTo(newcomer);
                moved++;
            }
        }
        double expected = 1.0 / (nodeCount + 1);
        double share = before.movedShare(after);
        assertThat(share).isCloseTo(after.shares().get(newcomer), within(1e-12));
        assertThat(share).isCloseTo(expected, within(5 * after.expectedVariation() * expected));
        assertThat((double) moved).isCloseTo(KEYS * share, within(5 * Math.sqrt(KEYS * share * (1 - share))));
    }

    @Test
    void overManyJoinsTheMeanMovedShareIsOneInNPlusOne() {
        int seeds = 200;
        double sum = 0;
        for (int seed = 0; seed < seeds; seed++) {
            HashRing<NodeId> before = ring(10, HashRing.VIRTUAL_NODES, seed);
            HashRing<NodeId> after = before.copy();
            after.add(NodeId.random(new SplittableRandom(seed + 5_000)));
            sum += before.movedShare(after);
        }
        assertThat(sum / seeds).isCloseTo(1.0 / 11, within(0.03 / 11));
    }

    @Test
    void aRemovalUndoesAJoin() {
        HashRing<NodeId> ring = ring(20, HashRing.VIRTUAL_NODES, 11);
        HashRing<NodeId> before = ring.copy();
        NodeId guest = NodeId.random(new SplittableRandom(12));
        ring.add(guest);
        HashRing<NodeId> with = ring.copy();
        assertThat(ring.remove(guest)).isTrue();

        assertThat(ring.nodes()).isEqualTo(before.nodes());
        assertThat(ring.movedShare(before)).isZero();
        for (Key key : keys(11)) {
            NodeId owner = with.owner(key).orElseThrow();
            assertThat(ring.owner(key)).isEqualTo(before.owner(key));
            assertThat(owner.equals(guest) || ring.owner(key).orElseThrow().equals(owner))
                    .isTrue();
        }
    }

    @Test
    void whoKeepsAKeyDoesNotDependOnTheOrderOfJoining() {
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "node-" + i).toList();
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(3));
        HashRing<String> one = HashRing.ofNames();
        HashRing<String> other = HashRing.ofNames();
        names.forEach(one::add);
        shuffled.forEach(other::add);

        assertThat(one.movedShare(other)).isZero();
        keys(3).forEach(key -> assertThat(one.owners(key, 3)).isEqualTo(other.owners(key, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 10, 25})
    void ownersAreDifferentNodesTheFirstBeingTheOwner(int count) {
        HashRing<NodeId> ring = ring(10, HashRing.VIRTUAL_NODES, 21);
        for (Key key : keys(21).subList(0, 500)) {
            List<NodeId> owners = ring.owners(key, count);
            assertThat(new HashSet<>(owners)).hasSize(Math.min(count, 10)).hasSameSizeAs(owners);
            assertThat(owners)
                    .startsWith(
                            count == 0
                                    ? new NodeId[0]
                                    : new NodeId[] {ring.owner(key).orElseThrow()});
        }
    }

    @Test
    void whenAnOwnerLeavesTheNextOneTakesItsPlace() {
        HashRing<NodeId> ring = ring(10, HashRing.VIRTUAL_NODES, 22);
        for (Key key : keys(22).subList(0, 200)) {
            List<NodeId> owners = ring.owners(key, 4);
            HashRing<NodeId> without = ring.copy();
            without.remove(owners.get(0));
            assertThat(without.owners(key, 3)).isEqualTo(owners.subList(1, 4));
        }
    }

    @Test
    void emptyRingsAndSingleNodesAreNoExceptions() {
        HashRing<String> ring = new HashRing<>(1, node -> new byte[] {1});
        Key key = Key.random(new SplittableRandom(1));
        assertThat(ring.owner(key)).isEmpty();
        assertThat(ring.owners(key, 3)).isEmpty();
        assertThat(ring.variation()).isZero();
        assertThat(ring.remove("a")).isFalse();
        assertThat(ring.add("a")).isTrue();
        assertThat(ring.add("a")).isFalse();
        assertThat(ring.owner(key)).contains("a");
        assertThat(ring.shares()).containsExactly(Map.entry("a", 1.0));
        assertThatThrownBy(() -> ring.add("b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.nodes()).containsExactly("a");
        assertThatThrownBy(() -> new HashRing<String>(0, node -> new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HashRing<NodeId> ring(int nodeCount, int virtualNodes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HashRing<NodeId> ring = new HashRing<>(virtualNodes, NodeId::toBytes);
        for (int i = 0; i < nodeCount; i++) {
            ring.add(NodeId.random(random));
        }
        return ring;
    }

    private static List<Key> keys(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        return IntStream.range(0, KEYS).mapToObj(i -> Key.random(random)).toList();
    }
}
