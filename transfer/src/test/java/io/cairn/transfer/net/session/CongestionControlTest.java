package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.transfer.net.TcpTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CongestionControlTest {
    private static final Path ALLOWED = Path.of("/proc/sys/net/ipv4/tcp_allowed_congestion_control");

    @Test
    void aSocketOfTheLocalNetworkGetsCubic() throws Exception {
        assumeTrue(Epoll.isAvailable(), "there is no epoll here");
        assumeTrue(Files.isReadable(ALLOWED), "this system does not tell what congestion control is allowed");
        List<String> allowed = List.of(Files.readString(ALLOWED).trim().split(" "));
        assumeTrue(allowed.contains("cubic"), "cubic is not allowed here, only " + allowed);
        EventLoopGroup threads = TcpTransport.threads();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = TcpTransport.client(threads, 5_000)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))
                    .syncUninterruptibly()
                    .channel();
            String usual = chosen(channel);
            CongestionControl control = CongestionControl.onLan(channel);
            assertThat(control).isNotNull();
            assertThat(chosen(channel)).isEqualTo("cubic");
            control.looked(2, 1_000);
            control.looked(4, 10_000);
            assertThat(chosen(channel))
                    .as("on a line that loses next to nothing")
                    .isEqualTo("cubic");
            control.looked(11, 1_000);
            assertThat(chosen(channel)).as("on a lossy line").isEqualTo(usual);
            channel.close().syncUninterruptibly();
        } finally {
            threads.shutdownGracefully().syncUninterruptibly();
        }
    }

    @Test
    void otherChannelsAreLeftAlone() {
        EmbeddedChannel channel = new EmbeddedChannel();
        assertThat(CongestionControl.onLan(channel)).isNull();
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.close().isSuccess()).isTrue();
    }

    @Test
    void aLineThatTakesNothingMoreIsLookedAtUntilItLoses() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        FakeLine line = new FakeLine();
        CongestionControl control = new CongestionControl(channel.eventLoop(), line);
        line.awaits = true;
        control.sent(512 * 1024);
        pass(channel, 10);
        assertThat(line.looks).as("nothing is lost yet").isEqualTo(10);
        assertThat(line.defaults).isZero();
        line.again = 8;
        pass(channel, 10);
        assertThat(line.defaults).isEqualTo(1);
        assertThat(line.looks).as("what is known need not be looked for").isEqualTo(11);
        assertThat(channel.close().isSuccess()).isTrue();
    }

    @Test
    void aLineIsNotLookedAtWhileNothingIsSent() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        FakeLine line = new FakeLine();
        CongestionControl control = new CongestionControl(channel.eventLoop(), line);
        control.sent(64 * 1024);
        control.sent(64 * 1024);
        pass(channel, 10);
        assertThat(line.looks).as("all is acknowledged").isEqualTo(1);
        control.sent(64 * 1024);
        line.gone = true;
        line.again = 8;
        pass(channel, 10);
        assertThat(line.looks).isEqualTo(2);
        assertThat(line.defaults).as("of a connection that is gone").isZero();
        assertThat(channel.close().isSuccess()).isTrue();
    }

    /** Lets the time for this many looks pass. */
    private static void pass(EmbeddedChannel channel, int looks) {
        for (int i = 0; i < looks; i++) {
            channel.advanceTimeBy(CongestionControl.LOOK_MILLIS, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private static String chosen(Channel channel) {
        EpollSocketChannelConfig config = (EpollSocketChannelConfig) channel.config();
        ByteBuffer name = config.getOption(CongestionControl.TCP_CONGESTION);
        return StandardCharsets.US_ASCII.decode(name).toString().replace("\0", "");
    }

    private static final class FakeLine implements CongestionControl.Line {
        long again;
        boolean awaits;
        boolean gone;
        int looks;
        int defaults;

        @Override
        public boolean look() {
            looks++;
            return !gone;
        }

        @Override
        public long packetsAgain() {
            return again;
        }

        @Override
        public long packetBytes() {
            return 1_448;
        }

        @Override
        public boolean awaitsAcknowledgement() {
            return awaits;
        }

        @Override
        public void useDefault() {
            defaults++;
        }
    }
}
