package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.swarm.peer.DeliveryWindow;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannelConfig;

/**
 * How much of what is sent may wait in front of one line, in the channel and unsent in the socket: what the line takes in a fifth
 * of a second. More would only make messages late that are sent after it, and decide early what goes to whom. For the session's
 * network thread.
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

    /** The channel is handed bytes. */
    void writing(int count) {
        if (waitingBytes == 0) {
            window.resumed(clock.monotonicMillis());
        }
        waitingBytes += count;
    }

    /** The socket has taken bytes. */
    void written(int count) {
        waitingBytes -= count;
        window.delivered(count, clock.monotonicMillis());
        if (window.bytes() <= bytes / 2 || window.bytes() >= bytes * 3L / 2) {
            apply();
        }
    }

    /** Whether the channel may be handed more. */
    boolean hasRoom() {
        return waitingBytes < bytes && channel.isWritable();
    }

    /** The longest data frame, its header included: the shorter what waits, the shorter. */
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
