package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsSurviveLossAndDeathTest {
    /** Every twentieth node at first fails to reach its bootstrap node, and with it the nodes that join through it. */
    private static final long SETTLING_MILLIS = 120_000;

    @ParameterizedTest
    @ValueSource(longs = {20_261_120, 104, 118})
    void everyRecordIsFoundWithAFifthOfDatagramsLostAndAThirdOfNodesDead(long seed) {
        Outcome outcome = run(seed);

        assertThat(outcome.found()).as("seed " + seed).isEqualTo(outcome.published());
    }

    @Test
    void oneSeedGivesOneRun() {
        assertThat(run(5).traceHash()).isEqualTo(run(5).traceHash()).isNotEqualTo(run(6).traceHash());
    }

    private record Outcome(int published, int found, long traceHash, long datagrams) {}

    private static Outcome run(long seed) {
        Simulation simulation = new Simulation(seed, LinkModel.internet().withLoss(0.2));
        simulation.addNodes(100);
        simulation.run(SETTLING_MILLIS);
        List<Key> roots = new ArrayList<>();
        List<SimulatedNode> publishers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Key> keys = List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
            SimulatedNode publisher = simulation.node(i * 5);
            simulation.provide(publisher, keys);
            roots.add(keys.get(0));
            publishers.add(publisher);
        }
        for (int i = 0; i < 33; i++) {
            simulation.kill(simulation.anyLiving());
        }
        int found = 0;
        for (int i = 0; i < roots.size(); i++) {
            SimulatedNode publisher = publishers.get(i);
            SimulatedNode seeker = simulation.anyLiving();
            while (seeker == publisher) {
                seeker = simulation.anyLiving();
            }
            List<Provider> providers = simulation.find(seeker, roots.get(i)).providers();
            found += providers.stream().anyMatch(provider -> provider.id().equals(publisher.id())) ? 1 : 0;
        }
        return new Outcome(
                roots.size(),
                found,
                simulation.traceHash(),
                simulation.network().datagramsSent());
    }
}
