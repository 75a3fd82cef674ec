package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.DhtStatistics;
import io.cairn.sim.network.LinkModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleNetworksAreQuietTest {
    private static final double MESSAGES_PER_SECOND_MAX = 0.2;

    @ParameterizedTest
    @CsvSource({"2, true", "5, true", "20, true", "100, true", "200, false"})
    void aNodeSendsOneMessageInFiveSeconds(int size, boolean isLocal) {
        Simulation simulation = new Simulation(8_000 + size, LinkModel.lan());
        simulation.network().setLocalNetwork(isLocal);
        simulation.addNodes(size);
        simulation.run(60_000);
        long before = sent(simulation);
        int seconds = 1_800;
        simulation.run(seconds * 1_000L);
        double rate = (sent(simulation) - before) / (double) seconds / size;

        assertThat(rate).as("seed " + simulation.seed()).isLessThanOrEqualTo(MESSAGES_PER_SECOND_MAX);
        assertThat(simulation.node(0).dht().contacts()).hasSizeGreaterThanOrEqualTo(Math.min(size - 1, 20));
    }

    private static long sent(Simulation simulation) {
        return simulation.living().stream()
                .map(node -> node.dht().statistics())
                .mapToLong(DhtStatistics::datagramsSent)
                .sum();
    }
}
