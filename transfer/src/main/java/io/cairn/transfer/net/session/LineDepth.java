package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.swarm.peer.DeliveryWindow;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannelConfig;

/**
 * Limits the bytes that wait before one line, in the channel and unsent in the socket, to what the line takes in a fifth of a second. More
 * would only delay later messages and fix the order of uploads too early. For the session's network thread.
 */
final class LineDepth {
    private static final int MILLIS = 200;
    private static final int BYTES_MIN = 64 * 1024;
    private static final int BYTES_AT_FIRST = 512 * 1024;
    private static final int BYTES_MAX = 1024 * 1024;

    private final Channel channel;
    private final Clock clock;
    private final DeliveryWindow window;
    private long waitingBytes;
    private int bytes;

    LineDepth(Channel channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
        this.window = new DeliveryWindow(BYTES_AT_FIRST, BYTES_MIN, BYTES_MAX, MILLIS, clock.monotonicMillis());
        apply();
    }

    /** Bytes go to the channel. */
    void writing(int count) {
        if (waitingBytes == 0) {
            window.resumed(clock.monotonicMillis());
        }
        waitingBytes += count;
    }

    /** The socket has accepted bytes. */
    void written(int count) {
        waitingBytes -= count;
        window.delivered(count, clock.monotonicMillis());
        if (window.bytes() <= bytes / 2 || window.bytes() >= bytes * 3L / 2) {
            apply();
        }
    }

    /** Whether the channel may get more. */
    boolean hasRoom() {
        return waitingBytes < bytes && channel.isWritable();
    }

    /** The longest data frame, header included: shorter when less may wait. */
    int frameBytes() {
        return Math.min(Frames.DATA_FRAME_BYTES_MAX, bytes / 2);
    }

    private void apply() {
        bytes = window.bytes();
        if (channel.isOpen()
                && channel.config() instanceof EpollSocketChannelConfig epoll) { // what waits fails when it closes
            epoll.setTcpNotSentLowAt(bytes);
        }
    }
}
