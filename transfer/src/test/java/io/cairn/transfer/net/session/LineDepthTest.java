package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class LineDepthTest {
    private static final int FRAME = 64 * 1024;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StillClock clock = new StillClock();
    private final LineDepth depth = new LineDepth(channel, clock);

    @Test
    void aFastLineIsHandedLongFramesAndMuchAtATime() {
        takes(1_000_000);
        assertThat(depth.frameBytes()).isEqualTo(Frames.DATA_FRAME_BYTES_MAX);
        assertThat(handedOver()).isGreaterThanOrEqualTo(1024 * 1024);
    }

    @Test
    void aSlowLineIsHandedShortFramesAndLittleAtATime() {
        takes(400); // bytes a millisecond: a slot of eight on 25 Mbit/s
        assertThat(depth.frameBytes()).isLessThanOrEqualTo(64 * 1024);
        assertThat(handedOver()).isLessThanOrEqualTo(192 * 1024);
    }

    @Test
    void aLineThatBecomesFastIsHandedMoreAgain() {
        takes(400);
        takes(1_000_000);
        assertThat(depth.frameBytes()).isEqualTo(Frames.DATA_FRAME_BYTES_MAX);
    }

    @Test
    void whatALineHadNotTakenWhenItClosedIsCountedAllTheSame() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "only epoll tells the socket how much may wait in it");
        EpollSocketChannel socket = new EpollSocketChannel();
        LineDepth closing = new LineDepth(socket, clock);
        closing.writing(FRAME);
        socket.unsafe().closeForcibly();
        clock.advance(100_000); // so slow that the socket's limit would be set
        closing.written(FRAME);
        assertThat(closing.frameBytes()).isEqualTo(32 * 1024);
    }

    /** The line accepts frames at a rate for some seconds. */
    private void takes(int bytesPerMilli) {
        for (int i = 0; i < 50; i++) {
            int bytes = Math.max(FRAME, 100 * bytesPerMilli);
            depth.writing(bytes);
            clock.advance(Math.max(1, bytes / bytesPerMilli));
            depth.written(bytes);
        }
    }

    /**
     * Hands over frames while there is room; the line accepts none.
     *
     * @return how many
     */
    private int handedOver() {
        int bytes = 0;
        while (depth.hasRoom()) {
            depth.writing(FRAME);
            bytes += FRAME;
        }
        depth.written(bytes);
        return bytes;
    }
}
