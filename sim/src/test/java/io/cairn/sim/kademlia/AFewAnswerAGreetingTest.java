package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AFewAnswerAGreetingTest {
    private final Simulation simulation = new Simulation(61, LinkModel.lan());
    private final SplittableRandom random = new SplittableRandom(61);
    private final PlainEnvelopes envelopes = new PlainEnvelopes();
    private final List<Long> answeredMillis = new ArrayList<>();
    private int asked;

    @ParameterizedTest
    @CsvSource({"10, 10.0.99.1:9", "70, 10.0.99.1:9", "200, 10.0.99.1:9", "70, 198.51.100.7:9", "70, 172.16.0.9:9"})
    void whoeverItsSourceSeemsToBe(int nodes, String victim) {
        simulation.addNodes(nodes);
        simulation.run(60_000);
        int k = simulation.limits().k();

        for (int greeting = 1; greeting <= 5; greeting++) {
            greetFrom(Endpoint.parse(victim), greeting);
            assertThat(answeredMillis).hasSizeBetween(k / 5, k);
            assertThat(asked).as("verified").isLessThanOrEqualTo(answeredMillis.size());
            assertThat(new HashSet<>(answeredMillis))
                    .as("one after the other")
                    .hasSizeGreaterThan(answeredMillis.size() / 2);
        }
    }

    @Test
    void andANewcomerKnowsTheNetworkAllTheSame() {
        simulation.network().setLocalNetwork(true);
        simulation.addNodes(100);
        SimulatedNode newcomer = simulation.addNode();
        simulation.await(newcomer.dht().join(List.of()));
        simulation.run(10_000);

        assertThat(newcomer.dht().contacts().size())
                .isGreaterThan(simulation.limits().k());
        assertThat(simulation
                        .await(newcomer.dht().findClosest(Key.at(newcomer.id())))
                        .closest())
                .hasSize(simulation.limits().k());
    }

    /** A greeting from an unknown sender, on a host without a node. */
    private void greetFrom(Endpoint victim, long requestId) {
        answeredMillis.clear();
        asked = 0;
        Endpoint here = Endpoint.of(victim.addressBytes(), (int) (9_000 + requestId));
        Environment host = simulation.network().attach(here);
        host.network().listen((from, packet) -> {
            Message said = ((PlainEnvelopes.PlainPacket) packet).datagram().message();
            if (said instanceof Message.Pong) {
                answeredMillis.add(simulation.nowMillis());
            } else if (!from.address().equals(here.address())) {
                asked++;
            }
        });
        Identity nobody = Identity.generate(random);
        Header header = new Header(
                simulation.networkId(),
                requestId,
                nobody.publicKey(),
                null,
                host.clock().wallMillis());
        simulation.network().setLocalNetwork(true);
        host.network().sendToLocalNetwork(envelopes.seal(new Datagram(header, null, new Message.Ping())));
        simulation.network().setLocalNetwork(false);
        simulation.run(2_000);
    }
}
