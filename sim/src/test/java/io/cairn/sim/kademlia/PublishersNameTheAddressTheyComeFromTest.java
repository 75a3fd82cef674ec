package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.Provision;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who stores a record that names machines of others only is refused; who sits behind a NAT is not. */
class PublishersNameTheAddressTheyComeFromTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:4747, 203.0.113.9:4747, true",
        "203.0.113.9:4747, 192.0.2.77:443, false",
        "203.0.113.9:4747, 192.0.2.77:443 192.0.2.78:443, false",
        "203.0.113.9:4747, 192.0.2.77:443 203.0.113.9:4747, true",
        "203.0.113.9:4747, 203.0.113.9:9999 192.0.2.77:443, true",
        "203.0.113.9:4747, 192.168.1.5:4747, true",
        "203.0.113.9:4747, 192.168.1.5:4747 [2001:db8::5]:4747, true",
        "203.0.113.9:4747, 192.168.1.5:4747 192.0.2.77:443, true",
        "192.168.1.5:4747, 192.0.2.77:443, true",
        "169.254.1.5:4747, 169.254.1.6:4747, true",
        "127.0.0.1:4747, 10.0.0.1:4747, true"
    })
    void aPublicPublisherIsBelievedIfItNamesItself(String from, String named, boolean isStored) {
        Simulation simulation = new Simulation(62, LinkModel.lan());
        SimulatedNode holder =
                simulation.addNode(Identity.generate(new SplittableRandom(1)), Endpoint.parse("198.51.100.1:4747"));
        SimulatedNode publisher = simulation.addNode(Identity.generate(new SplittableRandom(2)), Endpoint.parse(from));
        simulation.await(publisher.dht().join(List.of(holder.endpoint())));
        Key key = simulation.randomKey();
        List<Endpoint> endpoints =
                Stream.of(named.split(" ", -1)).map(Endpoint::parse).toList();
        simulation.await(publisher.dht().provide(new Provision(key, List.of(), endpoints, 0)));
        simulation.kill(publisher); // which would show its own record itself
        assertThat(simulation.find(holder, key).providers()).hasSize(isStored ? 1 : 0);
    }
}
