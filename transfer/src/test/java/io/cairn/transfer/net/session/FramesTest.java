package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.protocol.ProtocolLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramesTest {
    /** RFC 8446, section 5.1. */
    private static final int RECORD_BYTES = 16 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 20_000, 262_080})
    void dataBeginsAtAMultipleOfTheAlignment(int length) {
        for (ByteBufAllocator allocator :
                new ByteBufAllocator[] {PooledByteBufAllocator.DEFAULT, UnpooledByteBufAllocator.DEFAULT}) {
            ByteBuf frame = Frames.data(allocator, length);
            assertThat(frame.readableBytes()).isEqualTo(Frames.HEADER_BYTES);
            assertThat(frame.getInt(frame.readerIndex())).isEqualTo(length);
            assertThat(frame.writableBytes()).isGreaterThanOrEqualTo(length);
            if (frame.hasMemoryAddress()) {
                assertThat((frame.memoryAddress() + frame.writerIndex()) % Frames.ALIGNMENT_BYTES)
                        .isZero();
            }
            frame.release();
        }
    }

    @Test
    void theLongestFrameIsAlignedAllowedAndFillsWholeRecords() {
        int body = Frames.DATA_FRAME_BYTES_MAX - Frames.HEADER_BYTES;
        assertThat(body % Frames.ALIGNMENT_BYTES).isZero();
        assertThat(body).isLessThanOrEqualTo(ProtocolLimits.DATA_FRAME_BYTES_MAX);
        assertThat(16 * RECORD_BYTES - Frames.DATA_FRAME_BYTES_MAX).isBetween(0, Frames.ALIGNMENT_BYTES - 1);
    }
}
