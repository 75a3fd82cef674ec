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
 * TCP's congestion control on the local network, where Linux allows a choice: CUBIC (RFC 9438), even if the machine's default is another,
 * for as long as the line loses almost nothing. BBR paces with timers, which costs a tenth of a transfer's processor time at loopback
 * speed. On a line that loses packets without being full, such as a wireless one, CUBIC takes each loss for congestion: there, and beyond
 * the local network, the machine's default applies. For the session's network thread.
 */
final class CongestionControl {
    private static final Logger LOG = LoggerFactory.getLogger(CongestionControl.class);
    private static final String ON_LAN = "cubic";
    static final long LOOK_MILLIS = 50;

    /** Fewer retransmitted packets say nothing about the line. */
    private static final int LOSSES_MIN = 4;

    /** A full line behind a switch loses fewer than one packet in this many; one that loses more is lossy. */
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

    /** One connection as the system sees it. */
    interface Line {
        /** Takes a snapshot that the other methods report; false once the connection is gone. */
        boolean look();

        /** Packets retransmitted since the connection began. */
        long packetsAgain();

        /** Bytes per packet. */
        long packetBytes();

        /** Whether any sent data is unacknowledged. */
        boolean awaitsAcknowledgement();

        /** Switches to the machine's default congestion control. */
        void useDefault();
    }

    /** Selects it for a connection with a peer of the local network. Best effort: null where the machine's default applies. */
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
            LOG.debug("the machine's default congestion control stays", notAllowed);
            return null;
        }
    }

    /** Bytes go to the channel. From now until all are acknowledged the line is watched, even while it accepts nothing. */
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
     * @param again packets retransmitted since the connection began
     * @param packets packets sent
     */
    void looked(long again, long packets) {
        if (again >= LOSSES_MIN && again * PACKETS_A_LOSS > packets) {
            isLossy = true;
            line.useDefault();
            LOG.debug("{} packets of {} were lost: the machine's default congestion control applies", again, packets);
        }
    }

    /** A connection on Linux. */
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
                LOG.debug("cannot read the state of a line", gone);
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
                LOG.debug("cannot set the congestion control of a line", gone);
            }
        }
    }
}
