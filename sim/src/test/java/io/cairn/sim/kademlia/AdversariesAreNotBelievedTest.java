package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdversariesAreNotBelievedTest {
    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void whateverTheyDoNoInvariantBreaksAndNothingForgedIsFound(Behaviour behaviour) {
        Simulation simulation = new Simulation(91, LinkModel.internet());
        simulation.createNodes(270);
        simulation.addAdversaries(30, behaviour);
        simulation.fillTables();
        simulation.checkEvery(10_000, 50);
        Key key = simulation.randomKey();
        SimulatedNode publisher = simulation.node(7);
        simulation.provide(publisher, List.of(key));
        int found = 0;
        for (int i = 0; i < 20; i++) {
            List<Provider> providers =
                    simulation.find(simulation.anyLiving(), key).providers();
            assertThat(providers).allMatch(provider -> provider.id().equals(publisher.id()));
            found += providers.size();
        }
        assertThat(found).as("seed 91").isGreaterThanOrEqualTo(19);
        simulation.run(600_000);
        assertThat(simulation.check()).isEmpty();
    }

    @Test
    void thoseWithChosenIdsAreNearerThanAnyNode() {
        Simulation simulation = new Simulation(92, LinkModel.internet());
        simulation.createNodes(1_000);
        Key victim = simulation.randomKey();
        simulation.addAdversariesNear(victim, 5, Behaviour.LYING);
        int honest = simulation.closestLiving(victim, 1).get(0).commonPrefixLength(victim);

        assertThat(simulation.closestAdversaries(victim, 10))
                .hasSize(5)
                .allMatch(contact -> contact.id().commonPrefixLength(victim) > honest);
    }
}
