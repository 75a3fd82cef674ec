package io.cairn.transfer.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.net.RelayInTheMiddle;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.FrameReader;
import io.cairn.transfer.net.session.Frames;
import io.cairn.transfer.protocol.Violation;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.MemoryContent;
import io.cairn.transfer.swarm.port.Said;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** How a node treats peers with the wrong identity or another protocol. */
final class StrangersAreKeptOutTest {
    private static final TransferLimits IMPATIENT =
            new TransferLimits(300, 300, 1_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);

    @Test
    void anotherNetworkIsNotAnswered() throws Exception {
        try (RealNode a = RealNode.start(NetworkId.ofName("other"), TransferLimits.DEFAULT);
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            DialFailure failure = Dialled.dial(a, b.endpoint(), null).failure();
            assertThat(failure.kind()).isEqualTo(DialFailure.Kind.NOT_GREETED);
            assertThat(b.network.violations().get(Violation.OTHER_NETWORK)).isEqualTo(1);
            assertThat(accepted.isConnected()).isFalse();
        }
    }

    @Test
    void whoeverExpectsAnotherNodeIsNotAnswered() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            NodeId somebodyElse = NodeId.random(new SecureRandom());
            DialFailure failure = Dialled.dial(a, b.endpoint(), somebodyElse).failure();
            assertThat(failure.kind()).isEqualTo(DialFailure.Kind.NOT_GREETED);
            assertThat(b.network.violations().get(Violation.WRONG_RECIPIENT)).isEqualTo(1);
        }
    }

    @Test
    void aClockThatIsSixMinutesOffIsNotAnswered() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            a.setClockWrong(6 * 60_000L);
            Dialled.dial(a, b.endpoint(), null).failure();
            assertThat(b.network.violations().get(Violation.STALE)).isEqualTo(1);
        }
    }

    @Test
    void aNodeDoesNotDialItself() throws Exception {
        try (RealNode a = RealNode.start()) {
            DialFailure failure = Dialled.dial(a, a.endpoint(), null).failure();
            assertThat(failure.kind()).isEqualTo(DialFailure.Kind.THIS_NODE);
            assertThat(failure.reason()).startsWith("is this node itself");
        }
    }

    @Test
    void aNodeDoesNotTalkToItselfByWayOfAnotherAddress() throws Exception {
        try (RealNode a = RealNode.start();
                TamperingRelay detour = TamperingRelay.to(a.endpoint(), Integer.MAX_VALUE)) {
            Dialled.dial(a, detour.endpoint(), null).failure();
            assertThat(a.network.violations().get(Violation.SELF)).isEqualTo(1);
        }
    }

    @Test
    void somebodyInBetweenWithCertificatesOfItsOwnIsFoundOut() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start();
                RelayInTheMiddle relay = RelayInTheMiddle.to(b.endpoint())) {
            Dialled accepted = Dialled.accept(b);
            Dialled.dial(a, relay.endpoint(), b.identity.nodeId()).failure();
            assertThat(b.network.violations().get(Violation.WRONG_CERTIFICATE)).isEqualTo(1);
            assertThat(accepted.isConnected()).isFalse();
        }
    }

    @Test
    void aBitChangedOnTheWayEndsTheSessionBeforeItsChunkIsTakenIn() throws Exception {
        byte[] bytes = new byte[2 << 20];
        new Random(7).nextBytes(bytes);
        Manifest manifest = TestManifests.of("f", bytes, 1 << 20);
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start();
                TamperingRelay relay = TamperingRelay.to(b.endpoint(), 500_000)) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, relay.endpoint(), null);
            dialled.connection().request(manifest.hash(), Said.blocks(manifest, List.of(0, 1)));
            accepted.message();
            accepted.connection().deliver(MemoryContent.whole(manifest, bytes), Block.whole(0), failure -> {});
            assertThat(dialled.closeReason()).startsWith("broke off");
            assertThat(dialled.heardChunks()).isZero();
        }
    }

    @Test
    void garbageIsClosedAtItsFirstByte() throws Exception {
        try (RealNode a = RealNode.start();
                Socket socket = new Socket(a.endpoint().address(), a.endpoint().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(readToEnd(socket.getInputStream())).isZero();
        }
    }

    @Test
    void randomBytesAfterTheFirstOfTlsAreClosed() throws Exception {
        Random random = new Random(5);
        try (RealNode a = RealNode.start()) {
            for (int i = 0; i < 50; i++) {
                byte[] garbage = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(garbage);
                garbage[0] = 0x16;
                try (Socket socket =
                        new Socket(a.endpoint().address(), a.endpoint().port())) {
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream().write(garbage);
                    socket.shutdownOutput();
                    readToEnd(socket.getInputStream());
                }
            }
            try (RealNode b = RealNode.start()) {
                Dialled.accept(a);
                Dialled.dial(b, a.endpoint(), null).connection();
            }
        }
    }

    @Test
    void whoeverSaysNothingIsClosed() throws Exception {
        try (RealNode a = RealNode.start(RealNode.NETWORK, IMPATIENT);
                Socket silent = new Socket(a.endpoint().address(), a.endpoint().port())) {
            silent.setSoTimeout(60_000);
            assertThat(readToEnd(silent.getInputStream())).isZero();
        }
    }

    @Test
    void whoeverSaysNothingAfterItsHandshakeIsClosed() throws Exception {
        TransferLimits roomForAHandshake =
                new TransferLimits(4_000, 4_000, 1_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);
        try (RealNode a = RealNode.start(RealNode.NETWORK, roomForAHandshake);
                SSLSocket greeted = tls(a)) {
            assertThat(readToEnd(greeted.getInputStream())).isZero();
        }
    }

    @Test
    void oneStrangerTooManyTakesThePlaceOfAnOlderOne() throws Exception {
        TransferLimits patient = new TransferLimits(60_000, 60_000, 1_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);
        List<SocketChannel> sockets = new ArrayList<>();
        try (RealNode a = RealNode.start(RealNode.NETWORK, patient)) {
            for (int i = 0; i < 5; i++) {
                SocketChannel socket = SocketChannel.open(new InetSocketAddress(
                        a.endpoint().address(), a.endpoint().port()));
                socket.configureBlocking(false);
                sockets.add(socket);
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (closedOf(sockets) == 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(closedOf(sockets)).isEqualTo(1);
        } finally {
            for (SocketChannel socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aFrameLongerThanAHelloIsRefusedUnread() throws Exception {
        try (RealNode a = RealNode.start();
                SSLSocket socket = tls(a)) {
            OutputStream out = socket.getOutputStream();
            out.write(new byte[] {0x7f, 0, 0, 0, Frames.MESSAGE});
            out.flush();
            assertThat(readToEnd(socket.getInputStream())).isZero();
            assertThat(a.network.violations().get(Violation.OVERSIZED_FRAME)).isEqualTo(1);
        }
    }

    @Test
    void dataBeforeHelloIsRefused() throws Exception {
        try (RealNode a = RealNode.start();
                SSLSocket socket = tls(a)) {
            OutputStream out = socket.getOutputStream();
            out.write(new byte[] {0, 0, 0, 4, Frames.DATA, 1, 2, 3, 4});
            out.flush();
            assertThat(readToEnd(socket.getInputStream())).isZero();
        }
    }

    @Test
    void aChunkNobodyAskedForEndsTheSession() throws Exception {
        byte[] bytes = new byte[1_000];
        Manifest manifest = TestManifests.of("f", bytes, 256 * 1024);
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            dialled.connection().deliver(MemoryContent.whole(manifest, bytes), Block.whole(0), failure -> {});
            assertThat(accepted.closeReason()).isEqualTo(Violation.UNASKED_DATA.what());
        }
    }

    @Test
    void nobodyListeningIsARefusal() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            b.network.close();
            assertThat(Dialled.dial(a, b.endpoint(), null).failure().kind()).isEqualTo(DialFailure.Kind.REFUSED);
        }
    }

    @Test
    void aPeerThatDoesNotReadWhatItAsksForIsLetGo() throws Exception {
        TransferLimits tight = new TransferLimits(5_000, 1_500, 4_000, 64, 256, 8, 1 << 20, 96 * 1024 * 1024);
        try (RealNode a = RealNode.start(RealNode.NETWORK, tight);
                RealNode b = RealNode.start(RealNode.NETWORK, tight)) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            dialled.connection();
            ManifestPiece large = new ManifestPiece(Key.ofContent(new byte[0]), 0, 1 << 18, new byte[1 << 18]);
            java.util.concurrent.CountDownLatch blocked = new java.util.concurrent.CountDownLatch(1);
            b.execute(() -> {
                try {
                    boolean unused = blocked.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 400; i++) {
                dialled.connection().deliverManifest(large);
            }
            assertThat(dialled.closeReason()).contains("does not read");
            blocked.countDown();
            accepted.connection();
        }
    }

    @Test
    void framesAreReadTheSameWhateverPiecesTheyComeIn() {
        Random random = new Random(9);
        ByteBuf stream = Unpooled.buffer();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int length = 1 + random.nextInt(3_000);
            lengths.add(length);
            stream.writeInt(length)
                    .writeByte(i % 3 == 0 ? Frames.DATA : Frames.MESSAGE)
                    .writeZero(length);
        }
        List<Integer> seen = new ArrayList<>();
        int[] data = {0};
        FrameReader reader = new FrameReader(4_000);
        while (stream.isReadable()) {
            ByteBuf piece = stream.readSlice(Math.min(stream.readableBytes(), 1 + random.nextInt(5_000)));
            reader.read(target -> FrameReader.Source.move(piece, target), new FrameReader.Sink() {
                @Override
                public boolean wantsMore() {
                    return true;
                }

                @Override
                public void message(byte[] envelope) {
                    seen.add(envelope.length);
                }

                @Override
                public ByteBuffer memory(int rest) {
                    return ByteBuffer.allocate(Math.min(rest, 1 + random.nextInt(3_000)));
                }

                @Override
                public void data(int length) {
                    data[0] += length;
                }

                @Override
                public void unreadable() {
                    throw new AssertionError("unreadable");
                }
            });
        }
        List<Integer> messages = new ArrayList<>();
        int dataLength = 0;
        for (int i = 0; i < 100; i++) {
            if (i % 3 == 0) {
                dataLength += lengths.get(i);
            } else {
                messages.add(lengths.get(i));
            }
        }
        assertThat(seen).isEqualTo(messages);
        assertThat(data[0]).isEqualTo(dataLength);
    }

    private static int closedOf(List<SocketChannel> sockets) {
        int closed = 0;
        for (SocketChannel socket : sockets) {
            try {
                closed += socket.read(ByteBuffer.allocate(1)) < 0 ? 1 : 0;
            } catch (IOException reset) {
                closed++;
            }
        }
        return closed;
    }

    private static int readToEnd(InputStream in) {
        try {
            return in.readAllBytes().length;
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("it was not closed", open);
        } catch (IOException reset) {
            return 0;
        }
    }

    private static SSLSocket tls(RealNode node) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        RunCertificate own = RunCertificate.generate(new SecureRandom(), System.currentTimeMillis());
        java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], new X509Certificate[] {own.certificate()});
        var keys = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        context.init(keys.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(node.endpoint().address(), node.endpoint().port());
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }
}
