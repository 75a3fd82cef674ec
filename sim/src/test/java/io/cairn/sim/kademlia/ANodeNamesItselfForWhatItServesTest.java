package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.Provision;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ANodeNamesItselfForWhatItServesTest {
    private static final int CHUNKS_AFTER_MILLIS = 600_000;
    private static final Endpoint NAMED = Simulation.endpoint(50_000);

    private final Simulation simulation = new Simulation(8_900, LinkModel.lan());
    private final SimulatedNode provider = join();
    private final Provision content = new Provision(
            simulation.randomKey(),
            Stream.generate(simulation::randomKey).limit(20).toList(),
            List.of(NAMED),
            0,
            CHUNKS_AFTER_MILLIS);

    @Test
    void whoAsksItNeedNotWaitUntilItsRecordsAreElsewhere() {
        provider.dht().provide(content);
        simulation.run(1_000);
        for (Key chunk : content.chunks()) {
            List<Provider> found = simulation.find(simulation.node(3), chunk).providers();
            assertThat(found).extracting(Provider::id).containsExactly(provider.id());
            assertThat(found.get(0).endpoints())
                    .as("first where it answers, which no record can get wrong")
                    .containsExactly(provider.endpoint(), NAMED);
        }
    }

    @Test
    void whatItServesNoLongerItNamesNoLonger() {
        provider.dht().provide(content);
        simulation.run(1_000);
        provider.dht().withdraw(content.root());
        simulation.run(60_000);
        for (Key key : List.of(content.root(), content.chunks().get(7))) {
            assertThat(simulation.find(simulation.node(3), key).providers()).isEmpty();
        }
    }

    @Test
    void oneThatHasMovedSaysSoToWhoeverAsksIt() {
        provider.dht().provide(content);
        simulation.run(1_000);
        Endpoint latest = Simulation.endpoint(50_001);
        provider.dht().serveAt(List.of(latest));
        List<Provider> found =
                simulation.find(simulation.node(3), content.root()).providers();
        assertThat(found.get(found.size() - 1).endpoints())
                .as("the newest is told last")
                .containsExactly(provider.endpoint(), latest);
    }

    private SimulatedNode join() {
        simulation.addNodes(6);
        return simulation.node(0);
    }
}
