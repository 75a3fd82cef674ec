package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.tls.Dialled;
import io.cairn.transfer.net.tls.RealNode;
import io.cairn.transfer.protocol.ConnectionGreeting;
import io.cairn.transfer.swarm.port.DialFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to a node of a private network, over real sockets: a member gets in, anybody else gets no byte. */
@Timeout(120)
final class APrivateDoorStaysShutTest {
    private static final NetworkKeys KEYS = keys(1);
    private static final NetworkKeys OTHERS = keys(2);

    /** A greeting in half a second, so that the test need not wait for five. */
    private static final TransferLimits HASTY = new TransferLimits(500, 400, 4_000, 64, 256, 64, 1 << 24, 96 << 20);

    private final Random random = new Random(5_505);

    @Test
    void aMemberIsGreetedIfItsIdIsKnown() throws Exception {
        try (RealNode a = RealNode.start(KEYS, TransferLimits.DEFAULT);
                RealNode b = RealNode.start(KEYS, TransferLimits.DEFAULT)) {
            Dialled accepted = Dialled.accept(b);
            assertThat(Dialled.dial(a, b.endpoint(), b.identity.nodeId())
                            .connection()
                            .isDialled())
                    .isTrue();
            assertThat(accepted.connection().isDialled()).isFalse();
            assertThat(Dialled.dial(a, b.endpoint(), null).failure().kind()).isEqualTo(DialFailure.Kind.LOCAL);
            assertThat(b.network.turnedAway()).isZero();
        }
    }

    @Test
    void aNodeWithAnotherKeyOrNoneIsNot() throws Exception {
        try (RealNode node = RealNode.start(KEYS, HASTY);
                RealNode other = RealNode.start(OTHERS, TransferLimits.DEFAULT);
                RealNode open = RealNode.start()) {
            for (RealNode dialler : List.of(other, open)) {
                DialFailure.Kind kind = Dialled.dial(dialler, node.endpoint(), node.identity.nodeId())
                        .failure()
                        .kind();
                assertThat(kind)
                        .isIn(DialFailure.Kind.NOT_GREETED, DialFailure.Kind.NO_TLS, DialFailure.Kind.NOT_A_PEER);
                assertThat(Dialled.dial(node, dialler.endpoint(), dialler.identity.nodeId())
                                .failure()
                                .kind())
                        .isIn(
                                DialFailure.Kind.NOT_GREETED,
                                DialFailure.Kind.NO_TLS,
                                DialFailure.Kind.NOT_A_PEER,
                                DialFailure.Kind.TIMED_OUT);
            }
            assertThat(node.network.turnedAway()).isEqualTo(2);
        }
    }

    @Test
    void aClockTooFarOffIsTurnedAway() throws Exception {
        try (RealNode node = RealNode.start(KEYS, HASTY);
                RealNode late = RealNode.start(KEYS, TransferLimits.DEFAULT)) {
            for (long error : new long[] {-301_000, 301_000, -60_000}) {
                late.setClockWrong(error); // a minute ago this node was not running: it may be a repetition
                var unused = Dialled.dial(late, node.endpoint(), node.identity.nodeId())
                        .failure();
            }
            assertThat(node.network.turnedAway()).isEqualTo(3);
        }
    }

    @Test
    void aStrangerGetsNoByteAndIsClosedOnlyWhenTheTimeIsOver() throws Exception {
        try (RealNode node = RealNode.start(KEYS, HASTY)) {
            byte[] noise = new byte[5_000];
            random.nextBytes(noise);
            byte[] tls = noise.clone();
            tls[0] = 0x16;
            for (byte[] bytes : List.of(
                    new byte[0],
                    Arrays.copyOf(noise, 1),
                    Arrays.copyOf(noise, ConnectionGreeting.LENGTH_BYTES - 1),
                    Arrays.copyOf(noise, ConnectionGreeting.LENGTH_BYTES),
                    noise,
                    tls)) {
                assertThat(answered(node, bytes))
                        .as("after %d bytes", bytes.length)
                        .isZero();
            }
        }
    }

    @Test
    void aRecordedConnectionIsOfNoUse() throws Exception {
        try (RealNode a = RealNode.start(KEYS, TransferLimits.DEFAULT);
                RealNode b = RealNode.start(KEYS, HASTY);
                RealNode c = RealNode.start(KEYS, HASTY);
                ServerSocket ear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Dialled dialled =
                    Dialled.dial(a, new Endpoint(ear.getInetAddress(), ear.getLocalPort()), b.identity.nodeId());
            byte[] recorded;
            try (Socket socket = ear.accept()) {
                recorded = greetingAndClientHello(socket.getInputStream());
            }
            var unused = dialled.failure();
            assertThat(answered(c, recorded)).as("at another node").isZero();
            assertThat(answered(b, recorded)).as("taken over: TLS begins").isPositive();
            assertThat(answered(b, recorded)).as("once more").isZero();
            assertThat(b.network.turnedAway()).isOne();
        }
    }

    @Test
    void aGreetingMayArriveByteByByte() throws Exception {
        try (RealNode a = RealNode.start(KEYS, TransferLimits.DEFAULT);
                RealNode b = RealNode.start(KEYS, TransferLimits.DEFAULT);
                ServerSocket ear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused = Dialled.dial(a, new Endpoint(ear.getInetAddress(), ear.getLocalPort()), b.identity.nodeId());
            try (Socket near = ear.accept();
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), b.network.port())) {
                far.setTcpNoDelay(true);
                for (int i = 0; i < ConnectionGreeting.LENGTH_BYTES + 200; i++) {
                    far.getOutputStream().write(near.getInputStream().read());
                }
                near.shutdownOutput();
                near.getInputStream().transferTo(far.getOutputStream());
                assertThat(far.getInputStream().read()).as("TLS answers").isEqualTo(0x16);
            }
        }
    }

    /** Up to the end of the first record of TLS, whose length is in its fourth and fifth byte. */
    private static byte[] greetingAndClientHello(InputStream in) throws IOException {
        byte[] begin = in.readNBytes(ConnectionGreeting.LENGTH_BYTES + 5);
        int length = ByteBuffer.wrap(begin).getShort(begin.length - 2);
        byte[] all = Arrays.copyOf(begin, begin.length + length);
        assertThat(in.readNBytes(all, begin.length, length)).isEqualTo(length);
        return all;
    }

    /** How many bytes come in answer until the other side closes. */
    private static int answered(RealNode node, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.network.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                InputStream in = socket.getInputStream();
                in.transferTo(answer);
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset"); // bytes that were not read
            }
            return answer.size();
        }
    }

    private static NetworkKeys keys(int secret) {
        return new NetworkKeys(List.of(NetworkKey.of(new byte[] {(byte) secret}, "lab")));
    }
}
