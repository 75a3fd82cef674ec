package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.net.admission.StrangerGate;
import io.cairn.transfer.net.admission.Strangers;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.SessionContext;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.net.tls.Dialled;
import io.cairn.transfer.net.tls.RealNode;
import io.cairn.transfer.net.tls.Tls;
import io.cairn.transfer.protocol.Fingerprint;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.protocol.Violation;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The resources that connections without a greeting may take, however long a node lives. */
final class StrangersStayBoundedTest {
    /** The header of a long handshake record, and no more. */
    private static final byte[] TLS_RECORD = {0x16, 3, 1, 0x40, 0};

    @Test
    void theLimitHoldsAfterAThousandSessionsHaveComeAndGone() throws Exception {
        TransferLimits few = new TransferLimits(5_000, 1_500, 4_000, 4, 256, 64, 1 << 24, 96 << 20);
        InetAddress address = InetAddress.getByName("192.0.2.1");
        Strangers strangers;
        try (RealNode node = RealNode.start()) {
            SessionContext context = context(node, few);
            strangers = context.strangers();
            for (int i = 0; i < 1_000; i++) {
                EmbeddedChannel channel = new EmbeddedChannel();
                Acceptance acceptance = new Acceptance(context, channel, address, one -> {});
                assertThat(channel.isOpen()).isTrue();
                acceptance.leave(); // it has greeted
                var unused = channel.close();
            }
        }
        assertThat(strangers.count()).isZero();
        List<Integer> closed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            strangers.came(address, () -> closed.add(number));
        }
        assertThat(strangers.count()).isEqualTo(4);
        assertThat(closed).containsExactly(0, 1);
    }

    @Test
    void sixtyFourThatSendByteByByteHoldUnderEightMebibytes() throws Exception {
        TransferLimits patient = new TransferLimits(60_000, 60_000, 4_000, 64, 256, 64, 1 << 24, 96 << 20);
        List<SocketChannel> drips = new ArrayList<>();
        try (RealNode node = RealNode.start(RealNode.NETWORK, patient);
                RealNode honest = RealNode.start()) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            for (int i = 0; i < 64; i++) {
                drips.add(open(node));
            }
            long most = 0;
            for (int sent = 0; sent < 2_728; sent++) {
                byte next = sent < TLS_RECORD.length ? TLS_RECORD[sent] : 0;
                for (SocketChannel drip : drips) {
                    drip.write(ByteBuffer.wrap(new byte[] {next}));
                }
                most = Math.max(most, PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before);
            }
            assertThat(most).isPositive().isLessThan(8 << 20);
            Dialled.dial(honest, node.endpoint(), null).connection();
        } finally {
            close(drips);
        }
    }

    @Test
    void aPeerIsGreetedBesideThreeHundredThatBeginTlsAndGoNoFurther() throws Exception {
        aPeerIsGreetedBeside(300, TLS_RECORD);
    }

    @Test
    void aPeerIsGreetedBesideThreeThousandThatSayNothing() throws Exception {
        aPeerIsGreetedBeside(3_000, new byte[0]);
    }

    @Test
    void whatAStrangerMaySendIsBoundedBeforeTlsSeesIt() throws Exception {
        try (RealNode node = RealNode.start()) {
            SessionContext context = context(node, TransferLimits.DEFAULT);
            LoneGreeting greeting = new LoneGreeting();
            GreetingHandler handler =
                    new GreetingHandler(context, Fingerprint.ofCertificate(new byte[] {1}), 1, greeting);
            List<Integer> passed = new ArrayList<>();
            EmbeddedChannel channel =
                    new EmbeddedChannel(new StrangerGate(handler, 60_000), new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext reader, Object bytes) {
                            passed.add(((ByteBuf) bytes).readableBytes());
                            ((ByteBuf) bytes).release();
                        }
                    });
            channel.pipeline().addLast(handler);
            List<ByteBuf> reads = new ArrayList<>();
            for (int i = 0; i <= TransferLimits.STRANGER_BYTES_MAX / TransferLimits.STRANGER_READ_BYTES; i++) {
                reads.add(Unpooled.directBuffer().writeZero(TransferLimits.STRANGER_READ_BYTES));
            }
            for (ByteBuf read : reads) {
                var unused = channel.writeOneInbound(read);
            }
            assertThat(passed.stream().mapToInt(length -> length).sum()).isEqualTo(TransferLimits.STRANGER_BYTES_MAX);
            assertThat(greeting.failures).hasSize(1);
            assertThat(channel.isOpen()).isFalse();
            assertThat(reads).allMatch(read -> read.refCnt() == 0);
            assertThat(context.violations().get(Violation.OVERSIZED_FRAME))
                    .satisfies(count -> assertThat(count.sum()).isEqualTo(1));
        }
    }

    @Test
    void whoSendsNoFirstByteIsClosedLongBeforeItsTimeToGreetIsOver() throws Exception {
        TransferLimits limits = new TransferLimits(600_000, 200, 4_000, 64, 256, 64, 1 << 24, 96 << 20);
        try (RealNode node = RealNode.start(RealNode.NETWORK, limits);
                Socket socket =
                        new Socket(node.endpoint().address(), node.endpoint().port())) {
            socket.setSoTimeout(20_000);
            assertThat(isClosed(socket)).isTrue();
        }
    }

    @Test
    void anIncompleteRecordIsKeptInOneBufferHoweverManyReadsItComesIn() throws Exception {
        Tls tls = Tls.generate(new SecureRandom(), System.currentTimeMillis());
        EmbeddedChannel channel = new EmbeddedChannel(tls.handler(UnpooledByteBufAllocator.DEFAULT, false, 5_000));
        List<ByteBuf> reads = new ArrayList<>();
        reads.add(Unpooled.directBuffer(4_096).writeBytes(new byte[] {0x16, 3, 1, 0x40, 0}));
        for (int i = 0; i < 1_000; i++) {
            reads.add(Unpooled.directBuffer(4_096).writeByte(0));
        }
        reads.forEach(channel::writeInbound);
        assertThat(reads).filteredOn(read -> read.refCnt() > 0).hasSizeLessThanOrEqualTo(1);
        channel.finishAndReleaseAll();
        assertThat(reads).allMatch(read -> read.refCnt() == 0);
    }

    private static void aPeerIsGreetedBeside(int count, byte[] firstBytes) throws Exception {
        TransferLimits patient = new TransferLimits(60_000, 60_000, 4_000, 64, 256, 64, 1 << 24, 96 << 20);
        List<SocketChannel> strangers = new ArrayList<>();
        try (RealNode node = RealNode.start(RealNode.NETWORK, patient);
                RealNode honest = RealNode.start()) {
            for (int i = 0; i < count; i++) {
                SocketChannel stranger = open(node);
                strangers.add(stranger);
                if (firstBytes.length > 0) {
                    try {
                        stranger.write(ByteBuffer.wrap(firstBytes));
                    } catch (IOException closed) {
                        assertThat(i).as("only for a later one is one closed").isPositive();
                    }
                }
            }
            Dialled accepted = Dialled.accept(node);
            Dialled.dial(honest, node.endpoint(), node.identity.nodeId()).connection();
            assertThat(accepted.connection().peer()).isEqualTo(PeerId.of(honest.identity.nodeId()));
        } finally {
            close(strangers);
        }
    }

    private static SessionContext context(RealNode node, TransferLimits limits) {
        return new SessionContext(
                new TransferConfig(node.identity, RealNode.NETWORK, List.of(), 0, "test", limits), node, node);
    }

    private static SocketChannel open(RealNode node) throws IOException {
        SocketChannel channel = SocketChannel.open(
                new InetSocketAddress(node.endpoint().address(), node.endpoint().port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    /** Waits for the other side to close; fails with a timeout if it does not. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Records how a greeting fails. */
    private static final class LoneGreeting implements GreetingHandler.Greeting {
        private final List<DialFailure> failures = new ArrayList<>();

        @Override
        public boolean dialled() {
            return false;
        }

        @Override
        public @Nullable NodeId expected() {
            return null;
        }

        @Override
        public void greeted(
                Handshake.Greeted greeted, MessageInbox inbox, SessionHandler handler, ChannelHandlerContext channel) {
            throw new AssertionError("it greeted");
        }

        @Override
        public void failed(DialFailure failure) {
            failures.add(failure);
        }
    }
}
