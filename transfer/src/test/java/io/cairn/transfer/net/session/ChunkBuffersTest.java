package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Key;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkBuffersTest {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4 << 10;
    private static final int LENGTH_READ = 100;
    private static final Key SHARE = Key.fromHex("00".repeat(20));

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

    @Test
    void whatIsKeptCanBeReadUntilItsMemoryIsNeeded() {
        keep(1, 'a');
        keep(2, 'b');
        assertThat(read(1, 5)).containsOnly('a');
        assertThat(read(2, MIB - LENGTH_READ)).containsOnly('b');
        assertThat(read(3, 0)).as("never there").isNull();
        List<ByteBuf> lent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lent.add(lend(MIB));
        }
        assertThat(read(1, 0)).as("the oldest is forgotten first").isNull();
        assertThat(read(2, 0)).containsOnly('b');
        lent.add(lend(MIB));
        assertThat(read(2, 0)).isNull();
        assertThat(buffers.lend(MIB, () -> {}))
                .as("nothing is lent beyond the bound")
                .isNull();
        lent.forEach(buffers::giveBack);
    }

    @Test
    void whatIsKeptAnewTakesThePlaceOfTheFormer() {
        keep(1, 'a');
        keep(1, 'b');
        assertThat(read(1, 0)).containsOnly('b');
        ByteBuf former = lend(MIB);
        assertThat(read(1, 0))
                .as("the former's memory is lent, not the latter's")
                .containsOnly('b');
        buffers.giveBack(former);
    }

    @Test
    void whoWaitsForMemoryIsToldWhenSomeIsKeptToo() {
        List<ByteBuf> lent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lent.add(lend(MIB));
        }
        List<String> events = new ArrayList<>();
        assertThat(buffers.lend(MIB, () -> events.add("free"))).isNull();
        buffers.keep(SHARE, 1, lent.remove(0));
        assertThat(events).containsExactly("free");
        lent.add(lend(MIB));
        lent.forEach(buffers::giveBack);
    }

    @Test
    void allWhoWaitAreWokenSinceOneMayNotNeedItAnyMore() {
        ByteBuf lent = lend(4 * MIB);
        List<String> events = new ArrayList<>();
        assertThat(buffers.lend(MIB, () -> events.add("first"))).isNull();
        assertThat(buffers.lend(MIB, () -> events.add("second"))).isNull();
        buffers.giveBack(lent);
        assertThat(events).containsExactly("first", "second");
    }

    @Test
    void memoryThatTheProcessRefusesIsNotCountedAsLent() {
        boolean[] refuses = {true};
        ChunkBuffers exhausted = new ChunkBuffers(4 * MIB, size -> {
            if (refuses[0]) {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }
            return Unpooled.directBuffer(size, size);
        });
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> exhausted.lend(MIB, () -> {})).isInstanceOf(OutOfMemoryError.class);
        }
        refuses[0] = false;
        List<ByteBuf> lent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lent.add(Objects.requireNonNull(exhausted.lend(MIB, () -> {}), "all of it is there"));
        }
        lent.forEach(exhausted::giveBack);
        exhausted.close();
    }

    @Test
    void nothingIsKeptOnceItIsClosed() {
        ByteBuf last = lend(MIB);
        buffers.close();
        buffers.keep(SHARE, 1, last);
        assertThat(read(1, 0)).isNull();
        assertThat(last.refCnt()).isZero();
    }

    private void keep(int chunk, char content) {
        ByteBuf buffer = lend(MIB);
        buffer.writeBytes(String.valueOf(content).repeat(MIB).getBytes(StandardCharsets.US_ASCII));
        buffers.keep(SHARE, chunk, buffer);
    }

    private @Nullable List<Character> read(int chunk, int offset) {
        ByteBuffer target = ByteBuffer.allocate(LENGTH_READ);
        if (!buffers.read(SHARE, chunk, offset, target)) {
            return null;
        }
        assertThat(target.hasRemaining()).isFalse();
        return new String(target.array(), StandardCharsets.US_ASCII)
                .chars()
                .mapToObj(one -> (char) one)
                .toList();
    }

    private ByteBuf lend(int length) {
        return Objects.requireNonNull(buffers.lend(length, () -> {}), "nothing was lent");
    }
}
