package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.sim.network.LinkModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateAnswersAreSignsOfLifeTest {
    @Test
    void nodesThatNeedSecondsToAnswerStillGetToKnowEachOther() {
        Simulation simulation = new Simulation(61, new LinkModel(2_500, 0, 0));
        SimulatedNode first = simulation.addNode();
        SimulatedNode second = simulation.addNode();
        assertThat(simulation.await(second.dht().join(List.of(first.endpoint()))))
                .as("five seconds there and back are more than an asker waits")
                .isZero();
        simulation.run(10_000);

        assertThat(simulation.living())
                .allSatisfy(node -> assertThat(node.dht().contacts()).hasSize(1));
    }
}
