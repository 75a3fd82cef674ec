package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.PublishReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnHonestShareIsFoundAmongMadeUpIdsTest {
    private static final int NODES = 5;
    private static final int MADE_UP = 700;
    private static final Endpoint ELSEWHERE = Endpoint.parse("198.51.100.1:1");

    private final Simulation simulation = new Simulation(700, LinkModel.lan());
    private final SplittableRandom random = new SplittableRandom(700);
    private final Key key = simulation.randomKey();
    private final List<SimulatedNode> nodes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.", "203.0.113."})
    void whenOneAddressStoresThemAllUnderItsKey(String network) {
        start(network);
        Stranger attacker = new Stranger(simulation, 1, at(network, 66));
        List<Message.Store> lies = lies();
        nodes.forEach(node -> attack(attacker, node, lies));

        SimulatedNode honest = nodes.get(1);
        PublishReport report = simulation.provide(honest, List.of(key));
        assertThat(report.rootStoredOn()).isEqualTo(NODES);
        assertThat(report.rootTargets()).isEqualTo(NODES);
        assertFoundFromEverywhere(honest);

        List<Message.Store> more = lies();
        nodes.forEach(node -> attack(attacker, node, more));
        assertFoundFromEverywhere(honest);
    }

    private void start(String network) {
        for (int i = 1; i <= NODES; i++) {
            SimulatedNode node = simulation.addNode(Identity.generate(random), at(network, i));
            simulation.await(node.dht()
                    .join(nodes.isEmpty() ? List.of() : List.of(nodes.get(0).endpoint())));
            nodes.add(node);
        }
        simulation.run(10_000);
    }

    private static Endpoint at(String network, int number) {
        return Endpoint.parse(network.endsWith(".") ? network + number + ":4747" : network + ":" + (4_000 + number));
    }

    /** With its own token, it passes on what the made-up ids have signed. */
    private void attack(Stranger attacker, SimulatedNode node, List<Message.Store> lies) {
        int before = attacker.responses().size();
        attacker.say(node.endpoint(), attacker.header(node.id(), random.nextLong()), null, new Message.Ping());
        simulation.run(100);
        Token token = Objects.requireNonNull(attacker.responses().get(before).token());
        for (Message.Store store : lies) {
            attacker.say(node.endpoint(), attacker.header(node.id(), random.nextLong()), token, store);
            simulation.run(1);
        }
        simulation.run(100);
        assertThat(attacker.responses()).as("each is answered").hasSize(before + 1 + MADE_UP);
    }

    private List<Message.Store> lies() {
        return Stream.generate(() -> new Message.Store(lie())).limit(MADE_UP).toList();
    }

    private RecordBatch lie() {
        Identity madeUp = Identity.generate(random);
        long expiryMillis = nodes.get(0).environment().clock().wallMillis() + 20 * 3_600_000;
        byte[] value = ProviderAddresses.encode(List.of(ELSEWHERE));
        return RecordBatch.sign(
                madeUp, new Statement(RecordType.PROVIDER, madeUp.publicKey(), value, 1, expiryMillis), List.of(key));
    }

    private void assertFoundFromEverywhere(SimulatedNode honest) {
        for (SimulatedNode searcher : nodes) {
            if (searcher != honest) {
                assertThat(simulation.find(searcher, key).providers())
                        .extracting(Provider::id)
                        .contains(honest.id());
            }
        }
    }
}
