package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkBuffersTest {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4 << 10;

    private final ChunkBuffers buffers = new ChunkBuffers(4 * MIB);

    @AfterEach
    void close() {
        buffers.close();
    }

    @Test
    void whatIsWrittenIntoOneBeginsAtAPage() {
        List<ByteBuf> lent = new ArrayList<>();
        for (int length : List.of(1, 65_537, 777_777, MIB)) {
            ByteBuf buffer = lend(length);
            buffer.writeZero(length);
            assertThat(buffer.nioBuffer().alignmentOffset(0, PAGE)).isZero();
            assertThat(buffer.nioBuffer().remaining()).isEqualTo(length);
            lent.add(buffer);
        }
        lent.forEach(buffers::giveBack);
    }

    @Test
    void whatCameBackIsLentAgainEmpty() {
        ByteBuf first = lend(MIB);
        first.writeZero(MIB);
        buffers.giveBack(first);
        ByteBuf second = lend(MIB - 5);
        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        buffers.giveBack(second);
    }

    @Test
    void noMoreThanTheBoundIsLent() {
        List<ByteBuf> lent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lent.add(lend(MIB));
        }
        List<String> events = new ArrayList<>();
        assertThat(buffers.lend(MIB, () -> events.add("free"))).isNull();
        buffers.giveBack(lent.remove(0));
        assertThat(events).containsExactly("free");
        lent.add(lend(MIB));
        lent.forEach(buffers::giveBack);
    }

    private ByteBuf lend(int length) {
        return Objects.requireNonNull(buffers.lend(length, () -> {}), "nothing was lent");
    }
}
