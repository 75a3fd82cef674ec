package io.cairn.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.UdpConfig;
import io.cairn.dht.net.UdpNetwork;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.SealedPacket;
import io.cairn.testing.PolledCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node may rely on: one contract for UDP and the simulated network, both without loss here. */
@Timeout(60)
class NetworksKeepTheirContractTest {
    @Nested
    class OverUdp extends Contract {
        private final NodeLoop loop = NodeLoop.start();
        private final List<UdpNetwork> networks = new ArrayList<>();

        @AfterEach
        void close() {
            networks.forEach(UdpNetwork::close);
            loop.close();
        }

        @Override
        Station station() throws IOException {
            InetAddress loopback = Endpoint.parseAddress("127.0.0.1");
            UdpNetwork network = UdpNetwork.open(loop, new UdpConfig(List.of(loopback), 0, false));
            networks.add(network);
            return new Station(network, new Endpoint(loopback, network.port()), loop, network::close);
        }

        @Override
        void awaits(BooleanSupplier condition) throws Exception {
            PolledCondition.await(loop::schedule, condition);
        }
    }

    @Nested
    class Simulated extends Contract {
        private final EventQueue events = new EventQueue();
        private final SimulatedNetwork network =
                new SimulatedNetwork(events, new SplittableRandom(7), new LinkModel(10, 0, 0));
        private int hosts;

        @Override
        Station station() {
            Endpoint endpoint = SimulatedNetwork.endpoint(hosts++);
            Environment host = network.attach(endpoint);
            return new Station(host.network(), endpoint, host.scheduler(), () -> network.kill(endpoint));
        }

        @Override
        void awaits(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                assertThat(events.step(10_000)).isTrue();
            }
        }
    }

    abstract static class Contract {
        private static final SealedPacket END = packet(3);

        abstract Station station() throws IOException;

        abstract void awaits(BooleanSupplier condition) throws Exception;

        @Test
        void packetsArriveWholeWithTheAddressOfTheirSender() throws Exception {
            Station one = listening();
            Station two = listening();
            one.sends(two.endpoint, packet(1), packet(500), packet(Datagram.BYTES_MAX));
            awaits(() -> two.heard.size() == 3);
            assertThat(two.heard)
                    .containsExactlyInAnyOrder(
                            new Heard(one.endpoint, packet(1)),
                            new Heard(one.endpoint, packet(500)),
                            new Heard(one.endpoint, packet(Datagram.BYTES_MAX)));
            two.sends(two.heard.get(0).from, END);
            awaits(() -> !one.heard.isEmpty());
            assertThat(one.heard).containsExactly(new Heard(two.endpoint, END));
        }

        @Test
        void aPacketToItselfArrivesLater() throws Exception {
            Station one = station();
            List<String> seen = new CopyOnWriteArrayList<>();
            one.network.listen((from, packet) -> seen.add("heard"));
            one.loop.execute(() -> {
                one.network.send(one.endpoint, END);
                seen.add("sent");
            });
            awaits(() -> seen.size() == 2);
            assertThat(seen).containsExactly("sent", "heard");
        }

        @Test
        void emptyAndTooLongPacketsDoNotArrive() throws Exception {
            Station one = listening();
            Station two = listening();
            one.sends(two.endpoint, packet(0), packet(Datagram.BYTES_MAX + 1), packet(5_000), END);
            awaits(() -> !two.heard.isEmpty());
            assertThat(two.heard).containsExactly(new Heard(one.endpoint, END));
        }

        @Test
        void aPacketToNobodyOrToALocalNetworkThatIsOffIsDropped() throws Exception {
            Station one = listening();
            Station two = listening();
            one.loop.execute(() -> one.network.sendToLocalNetwork(packet(9)));
            one.sends(Endpoint.parse("0.0.0.0:4747"), packet(9));
            one.sends(Endpoint.parse("239.192.47.47:4747"), packet(9));
            one.sends(two.endpoint, END);
            awaits(() -> !two.heard.isEmpty());
            assertThat(two.heard).containsExactly(new Heard(one.endpoint, END));
            assertThat(one.heard).isEmpty();
        }

        @Test
        void thereIsOneReceiver() throws Exception {
            Station one = listening();
            assertThatIllegalStateException().isThrownBy(() -> one.network.listen((from, packet) -> {}));
            one.sends(one.endpoint, END);
            awaits(() -> !one.heard.isEmpty());
        }

        @Test
        void aClosedNetworkHearsNothingMore() throws Exception {
            Station one = listening();
            Station closing = station();
            List<Packet> heard = new CopyOnWriteArrayList<>();
            closing.network.listen((from, packet) -> {
                heard.add(packet);
                closing.close.run();
            });
            one.sends(closing.endpoint, END, END, END, END, END, END, END, END);
            awaits(() -> !heard.isEmpty());
            one.sends(closing.endpoint, END);
            settle(one);
            assertThat(heard).hasSize(1);
        }

        @Test
        void aClosedNetworkSendsNothingMore() throws Exception {
            Station one = listening();
            Station closed = listening();
            closed.close.run();
            closed.network.send(one.endpoint, packet(9));
            closed.network.sendToLocalNetwork(packet(9));
            settle(one);
            assertThat(one.heard).containsExactly(new Heard(one.endpoint, END));
        }

        /** What was sent before has arrived, and the loop has done what it had to do. */
        private void settle(Station one) throws Exception {
            one.sends(one.endpoint, END);
            awaits(() -> !one.heard.isEmpty());
            List<String> seen = new CopyOnWriteArrayList<>();
            one.loop.execute(() -> one.loop.execute(() -> seen.add("end")));
            awaits(() -> !seen.isEmpty());
        }

        private Station listening() throws IOException {
            Station station = station();
            station.network.listen((from, packet) -> station.heard.add(new Heard(from, packet)));
            return station;
        }

        private static SealedPacket packet(int bytes) {
            byte[] content = new byte[bytes];
            Arrays.fill(content, (byte) bytes);
            return SealedPacket.of(content);
        }
    }

    private record Heard(Endpoint from, Packet packet) {}

    /** A network, its loop, and what it hears. */
    private static final class Station {
        final Network network;
        final Endpoint endpoint;
        final Executor loop;
        final Runnable close;
        final List<Heard> heard = new CopyOnWriteArrayList<>();

        Station(Network network, Endpoint endpoint, Executor loop, Runnable close) {
            this.network = network;
            this.endpoint = endpoint;
            this.loop = loop;
            this.close = close;
        }

        void sends(Endpoint to, Packet... packets) {
            loop.execute(() -> List.of(packets).forEach(packet -> network.send(to, packet)));
        }
    }
}
