package io.cairn.transfer.net.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long TCP waits for an acknowledgement on the local network before it retransmits. Linux waits at least 200 ms, which on a round trip
 * of a fraction of a millisecond is almost the whole cost of packet loss: a packet lost twice in a row stops the line for that long. From
 * Linux 6.15 on, a socket may wait less; elsewhere the system's minimum stays.
 */
public final class RetransmissionTimeout {
    private static final Logger LOG = LoggerFactory.getLogger(RetransmissionTimeout.class);

    /** Longer than the 40 ms for which Linux delays an acknowledgement. The measured round trips are added. */
    public static final int MIN_MICROS_ON_LAN = 50_000;

    /** Linux: of {@code IPPROTO_TCP}; rounded up to the system's tick. */
    public static final IntegerUnixChannelOption TCP_RTO_MIN_US = new IntegerUnixChannelOption("TCP_RTO_MIN_US", 6, 45);

    private RetransmissionTimeout() {}

    /** Sets it for a connection with a peer of the local network. Best effort. */
    public static void shorten(Channel channel) {
        if (channel instanceof EpollSocketChannel epoll) {
            try {
                epoll.config().setOption(TCP_RTO_MIN_US, MIN_MICROS_ON_LAN);
            } catch (ChannelException notKnown) {
                LOG.debug("the system's minimum retransmission time-out stays", notKnown);
            }
        }
    }
}
