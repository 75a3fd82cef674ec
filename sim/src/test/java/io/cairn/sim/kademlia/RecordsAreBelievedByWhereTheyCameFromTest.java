package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.Provision;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A record that names machines that do not belong to its publisher. */
class RecordsAreBelievedByWhereTheyCameFromTest {
    private static final List<Endpoint> NAMED = List.of(
            Endpoint.parse("127.0.0.1:22"),
            Endpoint.parse("169.254.169.254:80"),
            Endpoint.parse("10.1.2.3:22"),
            Endpoint.parse("[fd00::9]:22"),
            Endpoint.parse("192.0.2.77:443"),
            Endpoint.parse("224.0.0.1:1"));

    @Test
    void onTheWordOfAPublicNodeOnlyPublicAddressesAreDialled() {
        assertThat(found("203.0.113.")).containsExactly("203.0.113.1:4747", "192.0.2.77:443");
    }

    @Test
    void onTheWordOfAPrivateNodePrivateOnesToo() {
        assertThat(found("192.168.7."))
                .containsExactly("192.168.7.1:4747", "10.1.2.3:22", "[fd00:0:0:0:0:0:0:9]:22", "192.0.2.77:443");
    }

    @Test
    void onTheWordOfALinkLocalNodeLinkLocalOnesToo() {
        assertThat(found("169.254.7."))
                .containsExactly(
                        "169.254.7.1:4747",
                        "169.254.169.254:80",
                        "10.1.2.3:22",
                        "[fd00:0:0:0:0:0:0:9]:22",
                        "192.0.2.77:443");
    }

    /** The addresses that the third of three nodes, which hold all records, learns from a record of the first. */
    private static List<String> found(String network) {
        Simulation simulation = new Simulation(61, LinkModel.lan());
        List<SimulatedNode> nodes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            SimulatedNode node = simulation.addNode(
                    Identity.generate(new SplittableRandom(i)), Endpoint.parse(network + i + ":4747"));
            simulation.await(node.dht().join(i == 1 ? List.of() : List.of(Endpoint.parse(network + "1:4747"))));
            nodes.add(node);
        }
        Key key = simulation.randomKey();
        List<Endpoint> named = new ArrayList<>(List.of(nodes.get(0).endpoint()));
        named.addAll(NAMED);
        simulation.await(nodes.get(0).dht().provide(new Provision(key, List.of(), named, 0)));
        List<Provider> providers = simulation.find(nodes.get(2), key).providers();
        assertThat(providers).as("seed " + simulation.seed()).isNotEmpty();
        return providers.stream()
                .flatMap(provider -> provider.endpoints().stream())
                .map(Endpoint::toString)
                .toList();
    }
}
