package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.transfer.net.session.RetransmissionTimeout;
import io.cairn.transfer.net.tls.Dialled;
import io.cairn.transfer.net.tls.RealNode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetransmissionTimeoutTest {
    /** The system rounds up to its tick, of at most 10 ms. */
    private static final int MICROS_MAX = RetransmissionTimeout.MIN_MICROS_ON_LAN + 10_000;

    @BeforeEach
    void theSystemLetsASocketWaitLess() throws Exception {
        assumeTrue(Epoll.isAvailable(), "there is no epoll here");
        EventLoopGroup threads = TcpTransport.threads();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = TcpTransport.client(threads, 5_000)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))
                    .syncUninterruptibly()
                    .channel();
            int usual = minMicros(channel);
            assumeTrue(usual > 0, "this Linux does not let a socket choose: it is older than 6.15");
            assumeTrue(usual > MICROS_MAX, "this system waits no longer anyway");
        } finally {
            threads.shutdownGracefully().syncUninterruptibly();
        }
    }

    @Test
    void bothSidesOfASessionOnTheLocalNetworkSendAgainSoon() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            assertThat(Dialled.dial(a, b.endpoint(), null).connection().remote())
                    .isEqualTo(b.endpoint());
            assertThat(accepted.connection().listening()).isEqualTo(a.endpoint());
            List<Integer> minMicros = Stream.of(a, b)
                    .flatMap(node -> node.network.channels.stream())
                    .filter(EpollSocketChannel.class::isInstance)
                    .map(RetransmissionTimeoutTest::minMicros)
                    .toList();
            assertThat(minMicros)
                    .hasSize(2)
                    .allSatisfy(micros ->
                            assertThat(micros).isBetween(RetransmissionTimeout.MIN_MICROS_ON_LAN, MICROS_MAX));
        }
    }

    @Test
    void otherChannelsAreLeftAlone() {
        EmbeddedChannel channel = new EmbeddedChannel();
        RetransmissionTimeout.shorten(channel);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.close().isSuccess()).isTrue();
    }

    /** 0 if the system does not know the option. */
    private static int minMicros(Channel channel) {
        try {
            return channel.config().getOption(RetransmissionTimeout.TCP_RTO_MIN_US);
        } catch (ChannelException notKnown) {
            return 0;
        }
    }
}
