package io.cairn.transfer.net.session;

import io.cairn.transfer.net.admission.TransferLimits;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * How much one read of a channel takes: little while the other side is a stranger, much for a session. Netty keeps the handle that it
 * got first for as long as the channel lives, so the size changes in here. For the channel's network thread.
 */
public final class ReadSize extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Sixteen TLS records. */
    static final int SESSION_BYTES = 256 * 1024;

    private int bytes = TransferLimits.STRANGER_READ_BYTES;

    private ReadSize() {}

    /** To be called before the channel reads for the first time. */
    public static void ofStranger(Channel channel) {
        channel.config().setRecvByteBufAllocator(new ReadSize());
    }

    /** The other side has greeted. */
    public static void ofSession(Channel channel) {
        ReadSize size = channel.config().getRecvByteBufAllocator();
        size.bytes = SESSION_BYTES;
    }

    @Override
    @SuppressWarnings("deprecation") // the type that Netty's interface still names
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return bytes;
            }
        };
    }
}
