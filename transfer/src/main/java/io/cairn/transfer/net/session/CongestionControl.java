package io.cairn.transfer.net.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
    static final long LOOK_MILLIS = 50;

    /** Fewer packets sent again say nothing of the line. */
    private static final int LOSSES_MIN = 4;

    /** A full line behind a switch loses fewer than one packet in so many; one that loses more is lossy. */
    private static final int PACKETS_A_LOSS = 200;

    /** Linux: {@code TCP_CONGESTION} of {@code IPPROTO_TCP}, with a name of at most {@code TCP_CA_NAME_MAX} bytes. */
    static final RawUnixChannelOption TCP_CONGESTION = new RawUnixChannelOption("TCP_CONGESTION", 6, 13, 16);

    private final EventExecutor thread;
    private final Line line;
    private long sentBytes;
    private boolean isWatched;
    private boolean isLossy;

    CongestionControl(EventExecutor thread, Line line) {
        this.thread = thread;
        this.line = line;
    }

    /** One connection, as the system sees it. */
    interface Line {
        /** Looks; false once the connection is gone. What the others tell is as of this look. */
        boolean look();

        /** Packets that were sent again since the connection began. */
        long packetsAgain();

        /** Bytes in a packet. */
        long packetBytes();

        /** Whether the peer has not acknowledged all that was sent. */
        boolean awaitsAcknowledgement();

        /** From now on the machine's default of congestion control holds. */
        void useDefault();
    }

    /** Chooses it for a connection with a peer of the local network. Best effort: null where the machine's default holds. */
    static @Nullable CongestionControl onLan(Channel channel) {
        if (!(channel instanceof EpollSocketChannel epoll)) {
            return null;
        }
        ByteBuffer name = ByteBuffer.allocate(TCP_CONGESTION.length());
        name.put(ON_LAN.getBytes(StandardCharsets.US_ASCII)).rewind();
        try {
            ByteBuffer usual = epoll.config().getOption(TCP_CONGESTION);
            epoll.config().setOption(TCP_CONGESTION, name);
            return new CongestionControl(epoll.eventLoop(), new Socket(epoll, usual));
        } catch (ChannelException notAllowed) {
            LOG.debug("the machine's default of congestion control stays", notAllowed);
            return null;
        }
    }

    /** The channel is handed bytes. From now until all is acknowledged the line is looked at, also while it takes nothing. */
    void sent(int bytes) {
        sentBytes += bytes;
        if (!isLossy && !isWatched) {
            isWatched = true;
            lookLater();
        }
    }

    private void lookLater() {
        var unused = thread.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        isWatched = line.look();
        if (!isWatched) {
            return;
        }
        looked(line.packetsAgain(), sentBytes / Math.max(1, line.packetBytes()));
        isWatched = !isLossy && line.awaitsAcknowledgement();
        if (isWatched) {
            lookLater();
        }
    }

    /**
     * @param again packets that were sent again since the connection began
     * @param packets those that were sent
     */
    void looked(long again, long packets) {
        if (again >= LOSSES_MIN && again * PACKETS_A_LOSS > packets) {
            isLossy = true;
            line.useDefault();
            LOG.debug("{} packets of {} were lost: the machine's default of congestion control holds", again, packets);
        }
    }

    /** A connection of Linux. */
    private static final class Socket implements Line {
        private final EpollSocketChannel channel;
        private final ByteBuffer usual;
        private final EpollTcpInfo info = new EpollTcpInfo();

        Socket(EpollSocketChannel channel, ByteBuffer usual) {
            this.channel = channel;
            this.usual = usual;
        }

        @Override
        public boolean look() {
            try {
                channel.tcpInfo(info);
                return true;
            } catch (ChannelException gone) {
                LOG.debug("a line cannot be looked at", gone);
                return false;
            }
        }

        @Override
        public long packetsAgain() {
            return info.totalRetrans();
        }

        @Override
        public long packetBytes() {
            return info.sndMss();
        }

        @Override
        public boolean awaitsAcknowledgement() {
            return info.unacked() > 0;
        }

        @Override
        public void useDefault() {
            try {
                channel.config().setOption(TCP_CONGESTION, usual.rewind());
            } catch (ChannelException gone) {
                LOG.debug("the congestion control of a line cannot be chosen", gone);
            }
        }
    }
}
