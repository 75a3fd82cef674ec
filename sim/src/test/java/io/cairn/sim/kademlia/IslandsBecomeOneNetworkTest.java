package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class IslandsBecomeOneNetworkTest {
    @Test
    void whenABootstrapNodeThatWasMissedComesUp() {
        Simulation simulation = new Simulation(51, LinkModel.lan());
        simulation.network().setLink(LinkModel.lan().withLoss(1));
        SimulatedNode first = simulation.addNode();
        SimulatedNode second = simulation.addNode();
        assertThat(simulation.await(second.dht().join(List.of(first.endpoint()))))
                .as("nothing gets through")
                .isZero();
        simulation.network().setLink(LinkModel.lan());
        SimulatedNode third = simulation.addNode();
        simulation.await(third.dht().join(List.of(second.endpoint())));
        SimulatedNode fourth = simulation.addNode();
        simulation.await(fourth.dht().join(List.of(first.endpoint())));
        simulation.run(90_000);

        assertThat(simulation.living())
                .allSatisfy(node -> assertThat(node.dht().contacts()).hasSize(3));
    }

    @Test
    void withinSecondsWhenOneNodeOfEachMeetsTheOther() {
        Simulation simulation = new Simulation(53, LinkModel.lan());
        simulation.network().setLocalNetwork(false);
        addTwoIslands(simulation, 12);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(10), List.of(key));
        simulation.run(600_000);
        assertThat(simulation.find(simulation.node(11), key).providers()).isEmpty();
        simulation.node(0).dht().ping(simulation.node(1).endpoint());
        simulation.run(8_000);

        assertThat(simulation.living())
                .allSatisfy(node -> assertThat(node.dht().contacts()).hasSize(11));
        assertThat(simulation.find(simulation.node(11), key).providers()).hasSize(1);
    }

    @Test
    void atOnceForWhoeverLooksForSomethingThatTheOtherLocalNetworkHas() {
        Simulation simulation = new Simulation(54, LinkModel.lan());
        addTwoIslands(simulation, 8);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(0), List.of(key));
        simulation.network().setLocalNetwork(true);
        assertThat(simulation.find(simulation.node(7), key).providers()).isEmpty();
        simulation.run(3_000);
        assertThat(simulation.find(simulation.node(7), key).providers()).hasSize(1);
    }

    @Test
    void whenTwoLocalNetworksAreConnected() {
        Simulation simulation = new Simulation(52, LinkModel.lan());
        addTwoIslands(simulation, 8);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(0), List.of(key));
        assertThat(simulation.find(simulation.node(7), key).providers()).isEmpty();
        simulation.network().setLocalNetwork(true);
        simulation.run(180_000);

        assertThat(simulation.living())
                .allSatisfy(node -> assertThat(node.dht().contacts()).hasSize(7));
        assertThat(simulation.find(simulation.node(7), key).providers()).hasSize(1);
    }

    /** Nodes with even numbers know each other, and so do those with odd ones. */
    private static void addTwoIslands(Simulation simulation, int nodes) {
        for (int i = 0; i < nodes; i++) {
            SimulatedNode node = simulation.addNode();
            simulation.await(node.dht()
                    .join(i < 2 ? List.of() : List.of(simulation.node(i % 2).endpoint())));
        }
    }
}
