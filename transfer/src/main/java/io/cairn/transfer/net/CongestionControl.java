package io.cairn.transfer.net;

import io.cairn.dht.env.Clock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP's congestion control on the local network, where Linux lets it be chosen: CUBIC (RFC 9438), also where the machine's default is
 * another, for as long as the line loses next to nothing. BBR paces what it sends with timers, which costs a tenth of a transfer's processor
 * time at loopback's speed. On a line that loses packets without being full, a wireless one, CUBIC takes each loss for a full line: there,
 * and beyond the local network, the machine's default holds. For the session's network thread.
 */
final class CongestionControl {
    private static final Logger LOG = LoggerFactory.getLogger(CongestionControl.class);
    private static final String ON_LAN = "cubic";
    private static final long CHECK_MILLIS = 50;

    /** Fewer packets sent again say nothing of the line. */
    private static final int LOSSES_MIN = 4;

    /** A full line behind a switch loses fewer than one packet in so many; one that loses more is lossy. */
    private static final int PACKETS_A_LOSS = 200;

    /** Linux: {@code TCP_CONGESTION} of {@code IPPROTO_TCP}, with a name of at most {@code TCP_CA_NAME_MAX} bytes. */
    static final RawUnixChannelOption TCP_CONGESTION = new RawUnixChannelOption("TCP_CONGESTION", 6, 13, 16);

    private final EpollSocketChannel channel;
    private final Clock clock;
    private final ByteBuffer usual;
    private final EpollTcpInfo info = new EpollTcpInfo();
    private long sentBytes;
    private long checkedMillis;
    private boolean isLossy;

    private CongestionControl(EpollSocketChannel channel, Clock clock, ByteBuffer usual) {
        this.channel = channel;
        this.clock = clock;
        this.usual = usual;
        this.checkedMillis = clock.monotonicMillis();
    }

    /** Chooses it for a connection with a peer of the local network. Best effort: null where the machine's default holds. */
    static @Nullable CongestionControl onLan(Channel channel, Clock clock) {
        if (!(channel instanceof EpollSocketChannel epoll)) {
            return null;
        }
        ByteBuffer name = ByteBuffer.allocate(TCP_CONGESTION.length());
        name.put(ON_LAN.getBytes(StandardCharsets.US_ASCII)).rewind();
        try {
            ByteBuffer usual = epoll.config().getOption(TCP_CONGESTION);
            epoll.config().setOption(TCP_CONGESTION, name);
            return new CongestionControl(epoll, clock, usual);
        } catch (ChannelException notAllowed) {
            LOG.debug("the machine's default of congestion control stays", notAllowed);
            return null;
        }
    }

    /** The socket has taken bytes. */
    void sent(int bytes) {
        sentBytes += bytes;
        long nowMillis = clock.monotonicMillis();
        if (!isLossy && nowMillis - checkedMillis >= CHECK_MILLIS) {
            checkedMillis = nowMillis;
            check();
        }
    }

    private void check() {
        try {
            channel.tcpInfo(info);
            looked(info.totalRetrans(), sentBytes / Math.max(1, info.sndMss()));
        } catch (ChannelException gone) {
            LOG.debug("a line cannot be looked at", gone);
        }
    }

    /**
     * @param again packets that were sent again since the connection began
     * @param packets those that were sent
     */
    void looked(long again, long packets) {
        if (again >= LOSSES_MIN && again * PACKETS_A_LOSS > packets) {
            isLossy = true;
            channel.config().setOption(TCP_CONGESTION, usual.rewind());
            LOG.debug("{} packets of {} were lost: the machine's default of congestion control holds", again, packets);
        }
    }
}
