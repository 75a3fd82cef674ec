package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Envelopes;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Large runs skip encoding and signing, which changes no datagram's time, path or size. */
class UnsignedRunsEqualSignedOnesTest {
    private record Trace(long hash, long bytes, Map<String, Long> kinds) {}

    @Test
    void toTheLastByte() {
        Trace plain = run(any -> new PlainEnvelopes());
        Trace signed = run(DatagramCodec::new);

        assertThat(plain.kinds())
                .containsKeys("Ping", "Pong", "FindNode", "Nodes", "FindValue", "Values", "Store", "Stored");
        assertThat(signed).isEqualTo(plain);
    }

    private static Trace run(Function<Identity, Envelopes> envelopes) {
        Simulation simulation =
                new Simulation(90, LinkModel.internet().withLoss(0.05), KademliaLimits.defaults(), envelopes);
        simulation.addNodes(25);
        List<Key> keys = List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
        simulation.provide(simulation.node(3), keys);
        simulation.kill(simulation.node(5));
        simulation.run(60_000);
        assertThat(simulation.find(simulation.node(20), keys.get(0)).providers())
                .hasSize(1);
        assertThat(simulation.check()).isEmpty();
        return new Trace(simulation.traceHash(), simulation.network().bytesSent(), simulation.sentByKind());
    }
}
