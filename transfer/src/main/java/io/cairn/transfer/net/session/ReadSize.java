package io.cairn.transfer.net.session;

import io.cairn.transfer.net.admission.TransferLimits;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The size of one read of a channel: small while the other side is a stranger, large for a session. Netty keeps its first handle for the
 * life of the channel, so the size changes inside it. For the channel's network thread.
 */
public final class ReadSize extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Sixteen TLS records. */
    static final int SESSION_BYTES = 256 * 1024;

    private int bytes = TransferLimits.STRANGER_READ_BYTES;

    private ReadSize() {}

    /** Call it before the channel's first read. */
    public static void ofStranger(Channel channel) {
        channel.config().setRecvByteBufAllocator(new ReadSize());
    }

    /** The other side has greeted. */
    public static void ofSession(Channel channel) {
        ReadSize size = channel.config().getRecvByteBufAllocator();
        size.bytes = SESSION_BYTES;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's interface still names this type
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return bytes;
            }
        };
    }
}
