package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.network.LinkModel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LargeNetworksBeginWithFullTablesTest {
    private static final int K = KademliaLimits.defaults().k();

    @Test
    void everyNodeKnowsItsKClosestAndKOfEachFartherPart() {
        Simulation simulation = new Simulation(71, LinkModel.internet());
        simulation.createNodes(2_000);
        simulation.fillTables();

        for (SimulatedNode node : simulation.living()) {
            List<Contact> contacts = node.dht().contacts();
            Set<NodeId> known = new LinkedHashSet<>();
            Map<Integer, Integer> sizes = new LinkedHashMap<>();
            for (Contact contact : contacts) {
                known.add(contact.id());
                sizes.merge(contact.id().commonPrefixLength(node.id()), 1, Integer::sum);
            }
            List<NodeId> closest = simulation.closestLiving(Key.at(node.id()), K + 1);
            assertThat(known).containsAll(closest.subList(1, K + 1));
            assertThat(sizes)
                    .containsEntry(0, K)
                    .containsEntry(1, K)
                    .containsEntry(2, K)
                    .containsEntry(3, K);
        }
        assertThat(simulation.check()).isEmpty();
    }

    @Test
    void theOracleKnowsWhoIsClosest() {
        Simulation simulation = new Simulation(72, LinkModel.internet());
        simulation.createNodes(500);
        simulation.killAny(100);
        for (int i = 0; i < 100; i++) {
            Key key = simulation.randomKey();
            assertThat(simulation.closestLiving(key, K))
                    .isEqualTo(simulation.living().stream()
                            .map(SimulatedNode::id)
                            .sorted(Comparator.comparing(id -> id.distanceTo(key)))
                            .limit(K)
                            .toList());
        }
    }

    @Test
    void allTablesShareOneObjectForEachContact() {
        Simulation simulation = new Simulation(73, LinkModel.internet());
        simulation.createNodes(300);
        simulation.fillTables();
        Map<Contact, Contact> objects = new LinkedHashMap<>();
        simulation.living().forEach(node -> objects.put(node.contact(), node.contact()));

        for (SimulatedNode node : simulation.living()) {
            assertThat(node.dht().contacts())
                    .allSatisfy(contact -> assertThat(contact).isSameAs(objects.get(contact)));
        }
    }
}
