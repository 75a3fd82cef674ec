package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSizeIsToldByDistancesTest {
    private static final int K = 20;

    private final SplittableRandom random = new SplittableRandom(17);

    @ParameterizedTest
    @ValueSource(ints = {50, 1_000, 20_000})
    void toATenthOnAverageAndAQuarterInAnyRun(int nodes) {
        OracleNetwork network = new OracleNetwork(nodes, K, random);
        double sum = 0;
        int runs = 50;
        for (int run = 0; run < runs; run++) {
            NetworkSizeSamples samples = new NetworkSizeSamples(K);
            for (int i = 0; i < 16; i++) {
                Key target = Key.random(random);
                samples.add(target, network.closest(target, K), 0);
            }
            double estimate = samples.estimate(0).orElseThrow().nodes();
            sum += estimate;
            assertThat(estimate).isCloseTo(nodes, Percentage.withPercentage(nodes == 50 ? 60 : 27));
        }
        assertThat(sum / runs).isCloseTo(nodes, Percentage.withPercentage(10));
    }

    @Test
    void ownNeighboursTellItBeforeAnyLookup() {
        OracleNetwork network = new OracleNetwork(5_000, K, random);
        NetworkSizeSamples samples = new NetworkSizeSamples(K);
        double sum = 0;
        for (int node = 0; node < 5_000; node += 10) {
            NodeId self = network.contact(node).id();
            sum += samples.ofNeighbours(self, network.closestInTable(node, self, K))
                    .nodes();
        }
        assertThat(sum / 500)
                .as("the mean of the inverse is a twentieth too high")
                .isCloseTo(5_250, Percentage.withPercentage(5));
        assertThat(samples.ofNeighbours(network.contact(0).id(), List.of(network.contact(1), network.contact(2)))
                        .nodes())
                .as("so few are all there are")
                .isEqualTo(3);
    }

    @Test
    void neitherOldLookupsNorManyOfOneRegionNorAFewLiesCount() {
        OracleNetwork network = new OracleNetwork(1_000, K, random);
        OracleNetwork accomplices = new OracleNetwork(100, K, random);
        NetworkSizeSamples samples = new NetworkSizeSamples(K);
        for (int i = 0; i < 9; i++) {
            Key target = Key.random(random);
            samples.add(target, network.closest(target, K), 0);
        }
        Key crowded = Key.random(random);
        for (int i = 0; i < 100; i++) {
            samples.add(crowded, invented(crowded), 0);
        }
        for (int i = 0; i < 4; i++) {
            Key target = Key.random(random);
            samples.add(target, accomplices.closest(target, K), 0);
        }
        assertThat(samples.estimate(0).orElseThrow().nodes()).isCloseTo(1_000, Percentage.withPercentage(30));
        assertThat(samples.estimate(7_201_000)).isEmpty();
    }

    /** Compares with the true thresholds of the Erlang distribution, which need an inverse of the incomplete gamma function. */
    @ParameterizedTest
    @CsvSource({"20, 3.0902, 36.70", "20, -1.2816, 14.525", "11, 1.2816, 15.407", "8, 3.0902, 19.63"})
    void thresholdsAreThoseOfTheErlangDistribution(int order, double z, double expected) {
        assertThat(NetworkSize.erlangQuantile(order, z)).isCloseTo(expected, within(0.005 * expected));
    }

    @ParameterizedTest
    @CsvSource({"1, 40000", "4, 40000", "16, 40000"})
    void anHonestResultSeldomSeemsSparse(int samples, int runs) {
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            double rate = 0;
            for (int i = 0; i < samples; i++) {
                rate += erlang(K);
            }
            double estimate = 10_000 * K * samples / rate;
            NetworkSize size = new NetworkSize(estimate, samples, K);
            alarms += size.isSparse(distance(erlang(K) / 10_000), K) ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(runs / 1_000 + 13);
    }

    @Test
    void thoseNearEnoughAreAmongTheClosest() {
        OracleNetwork network = new OracleNetwork(10_000, K, random);
        NetworkSize size = new NetworkSize(10_000, 16, K);
        int near = 0;
        int right = 0;
        int sets = 0;
        for (int i = 0; i < 1_000; i++) {
            Key target = Key.random(random);
            List<Contact> wider = network.closest(target, 2 * K);
            for (int rank = 0; rank < wider.size(); rank++) {
                if (size.isAmongClosest(wider.get(rank).id().distanceTo(target))) {
                    near++;
                    right += rank < K ? 1 : 0;
                }
            }
            sets += size.areClosest(target, wider.subList(0, K)) ? 1 : 0;
            assertThat(size.areClosest(target, wider.subList(K, 2 * K))).isFalse();
        }
        assertThat(near / 1_000.0).as("mean of an Erlang variable below 14.525").isCloseTo(14.5, within(0.5));
        assertThat((double) right / near).isGreaterThan(0.98);
        assertThat(sets).as("of 1000").isGreaterThan(900);
    }

    private double erlang(int order) {
        double sum = 0;
        for (int i = 0; i < order; i++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    private static Distance distance(double fraction) {
        return new Distance((long) (fraction * 0x1p63) << 1, 0, 0);
    }

    private List<Contact> invented(Key target) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < K; i++) {
            byte[] id = target.toBytes();
            id[19] ^= (byte) (i + 1);
            contacts.add(new Contact(NodeId.of(id), Networks.endpoint(random.nextInt(60_000))));
        }
        return contacts;
    }
}
