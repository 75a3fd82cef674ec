package io.cairn.dht.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SealedPacket;
import io.cairn.dht.wire.SignedEnvelope;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams of private networks over real sockets, and the seal by itself. */
@Timeout(60)
class PrivateNetworksAreSilentTest {
    private static final NetworkKey OLD = NetworkKey.of("old secret".getBytes(UTF_8), "lab");
    private static final NetworkKey NEW = NetworkKey.of("new secret".getBytes(UTF_8), "lab");
    private static final Identity ALICE = Identity.fromSeed(new byte[Identity.SEED_BYTES]);

    private final Random random = new Random(5_503);
    private long wallMillis = 1_800_000_000_000L;
    private long monotonicMillis = 77;
    private final Clock clock = new Clock() {
        @Override
        public long wallMillis() {
            return wallMillis;
        }

        @Override
        public long monotonicMillis() {
            return monotonicMillis;
        }
    };

    @Test
    void membersHearEachOtherAlsoOnTheLocalNetwork() throws Exception {
        int discoveryPort = Station.freePort();
        try (Station a = member(discoveryPort, OLD);
                Station b = member(discoveryPort, OLD)) {
            SealedPacket packet = SealedPacket.of(envelope(System.currentTimeMillis(), 300));
            a.network.send(b.at(Station.LOOPBACK), packet);
            assertThat(b.next().packet()).isEqualTo(packet);
            SealedPacket greeting = SealedPacket.of(envelope(System.currentTimeMillis(), 0));
            a.network.sendToLocalNetwork(greeting);
            assertThat(b.next().packet()).isEqualTo(greeting);
            b.network.sendFromAnotherPort(a.at(Station.LOOPBACK), packet);
            assertThat(a.next().packet()).isEqualTo(packet);
            assertThat(b.heard).as("one greeting by several ways").isEmpty();
        }
    }

    @Test
    void aStrangerIsDroppedAndCountedAndAFewAreTold() throws Exception {
        NodeLoop loop = NodeLoop.start(1, 1);
        BlockingQueue<Endpoint> strange = new LinkedBlockingQueue<>();
        try (UdpNetwork network = UdpNetwork.open(loop, config(Station.freePort(), OLD));
                DatagramSocket stranger = new DatagramSocket(0, Station.LOOPBACK)) {
            network.listen(new Network.Receiver() {
                @Override
                public void received(Endpoint from, Packet packet) {
                    throw new AssertionError("a stranger's packet is received");
                }

                @Override
                public void unopened(Endpoint from, Packet packet) {
                    strange.add(from);
                }
            });
            DatagramSeal others = new DatagramSeal(new NetworkKeys(List.of(NEW)), new SystemClock());
            byte[] envelope = envelope(System.currentTimeMillis(), 100);
            for (byte[] bytes : List.of(envelope, others.seal(envelope).get(0), new byte[1_232], new byte[1])) {
                stranger.send(new DatagramPacket(bytes, bytes.length, Station.LOOPBACK, network.port()));
            }
            Await.until("all are counted", () -> network.statistics().unopened() == 4);
            assertThat(strange.poll(Await.DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(new Endpoint(Station.LOOPBACK, stranger.getLocalPort()));
            assertThat(network.statistics().received()).isZero();
            assertThat(network.statistics().sent()).isZero();
            assertThat(network.isPrivate()).isTrue();
        } finally {
            loop.close();
        }
    }

    @Test
    void aRepetitionIsDroppedAlsoIfItsContentIsChanged() {
        DatagramSeal sender = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock);
        DatagramSeal receiver = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock);
        byte[] envelope = envelope(wallMillis, 50);
        byte[] sealed = sender.seal(envelope).get(0);
        assertThat(sender.seal(envelope).get(0)).as("a new nonce each time").isNotEqualTo(sealed);
        assertThat(receiver.open(sealed).envelope()).isEqualTo(envelope);
        byte[] changed = sealed.clone();
        changed[40] ^= 1;
        for (byte[] again : List.of(sealed, changed)) {
            assertThat(receiver.open(again)).isEqualTo(new DatagramSeal.Opened(DatagramSeal.From.REPEATER, null));
        }
        assertThat(receiver.replayedCount()).isEqualTo(2);
        assertThat(receiver.open(sender.seal(envelope).get(0)).envelope())
                .as("the same, sent again by its sender")
                .isEqualTo(envelope);
    }

    @Test
    void whatWasRecordedBeforeTheStartIsDropped() {
        byte[] recorded = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock)
                .seal(envelope(wallMillis - 1, 0))
                .get(0);
        DatagramSeal restarted = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock);
        assertThat(restarted.open(recorded).envelope()).isNull();
        wallMillis += 2_000;
        monotonicMillis += 2_000;
        byte[] slow = envelope(wallMillis - 2_000, 0);
        assertThat(restarted.open(restarted.seal(slow).get(0)).envelope())
                .as("a clock two seconds behind, two seconds after the start")
                .isEqualTo(slow);
        byte[] answer = new DatagramCodec(ALICE)
                .seal(new Datagram(
                        new Header(NetworkId.ofPrivate("lab"), 1, ALICE.publicKey(), null, wallMillis - 9_000, null),
                        null,
                        new Message.Pong(Endpoint.parse("192.0.2.7:4747"))))
                .toBytes();
        assertThat(restarted.open(restarted.seal(answer).get(0)).envelope())
                .as("left to the receiver, which knows what it has asked")
                .isEqualTo(answer);
        byte[] stale = envelope(wallMillis - 301_000, 0);
        assertThat(restarted.open(restarted.seal(stale).get(0)).envelope())
                .as("left to the receiver, which tells whose clock is wrong")
                .isEqualTo(stale);
    }

    @Test
    void whileAKeyIsReplacedAllUnderstandEachOther() {
        List<NetworkKeys> stages = List.of(
                new NetworkKeys(List.of(OLD)), new NetworkKeys(List.of(OLD, NEW)), new NetworkKeys(List.of(NEW)));
        byte[] envelope = envelope(wallMillis, 10);
        for (int from = 0; from < stages.size(); from++) {
            for (int to = 0; to < stages.size(); to++) {
                DatagramSeal receiver = new DatagramSeal(stages.get(to), clock);
                long opened = new DatagramSeal(stages.get(from), clock)
                        .seal(envelope).stream()
                                .filter(one -> Arrays.equals(receiver.open(one).envelope(), envelope))
                                .count();
                assertThat(opened > 0).as("%d to %d", from, to).isEqualTo(Math.abs(from - to) < 2);
            }
        }
    }

    @Test
    void aSignOfLifeIsSeenAndPassedToNobody() {
        DatagramSeal receiver = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock);
        DatagramSeal sender = new DatagramSeal(new NetworkKeys(List.of(OLD)), clock);
        byte[] sign = sender.signOfLife().get(0);
        assertThat(sign).hasSameSizeAs(sender.seal(envelope(wallMillis, 2)).get(0));
        assertThat(receiver.open(sign)).isEqualTo(new DatagramSeal.Opened(DatagramSeal.From.MEMBER, null));
        assertThat(receiver.open(sign).from()).isEqualTo(DatagramSeal.From.REPEATER);
    }

    @Test
    void randomBytesNeverOpen() {
        DatagramSeal seal = new DatagramSeal(new NetworkKeys(List.of(OLD, NEW)), clock);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(DatagramSeal.BYTES_MAX + 1)];
            random.nextBytes(bytes);
            assertThat(seal.open(bytes).envelope()).isNull();
        }
    }

    private static Station member(int discoveryPort, NetworkKey key) throws Exception {
        return new Station(config(discoveryPort, key), true);
    }

    private static UdpConfig config(int discoveryPort, NetworkKey key) {
        return new UdpConfig(List.of(Station.LOOPBACK), 0, true, discoveryPort)
                .sealedWith(new NetworkKeys(List.of(key)));
    }

    private static byte[] envelope(long timeMillis, int payloadBytes) {
        Header header = new Header(NetworkId.ofPrivate("lab"), 1, ALICE.publicKey(), null, timeMillis, null);
        return SignedEnvelope.seal(ALICE, header, new byte[payloadBytes]);
    }
}
