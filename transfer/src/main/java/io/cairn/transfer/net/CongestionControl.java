package io.cairn.transfer.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP's congestion control on the local network, where Linux lets it be chosen: CUBIC (RFC 9438), also where the machine's default is
 * another. BBR paces what it sends with timers, which costs a tenth of a transfer's processor time at loopback's speed, and the long
 * and lossy lines that it is made for are not there. Elsewhere the machine's default holds.
 */
final class CongestionControl {
    private static final Logger LOG = LoggerFactory.getLogger(CongestionControl.class);
    private static final String ON_LAN = "cubic";

    /** Linux: {@code TCP_CONGESTION} of {@code IPPROTO_TCP}, with a name of at most {@code TCP_CA_NAME_MAX} bytes. */
    static final RawUnixChannelOption TCP_CONGESTION = new RawUnixChannelOption("TCP_CONGESTION", 6, 13, 16);

    private CongestionControl() {}

    /** Chooses it for a connection with a peer of the local network. Best effort. */
    static void chooseForLan(Channel channel) {
        if (!(channel.config() instanceof EpollSocketChannelConfig epoll)) {
            return;
        }
        ByteBuffer name = ByteBuffer.allocate(TCP_CONGESTION.length());
        name.put(ON_LAN.getBytes(StandardCharsets.US_ASCII)).rewind();
        try {
            epoll.setOption(TCP_CONGESTION, name);
        } catch (ChannelException notAllowed) {
            LOG.debug("the machine's default of congestion control stays", notAllowed);
        }
    }
}
