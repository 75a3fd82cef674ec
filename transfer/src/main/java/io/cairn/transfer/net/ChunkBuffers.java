package io.cairn.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lends direct memory for chunks, bounded in sum, and keeps what comes back for the next: fresh memory would be zeroed, and fetched page
 * by page from the kernel. What came back last is lent first, since the processor's cache still knows it. Direct, since what is written
 * to a file or socket from elsewhere is copied once more. Thread-safe.
 */
final class ChunkBuffers implements AutoCloseable {
    private static final int SMALLEST = 64 * 1024;

    private static final int PAGE_BYTES = 4 << 10;

    /** When nothing is lent, no more than so many bytes are kept. */
    private static final int IDLE_BYTES_MAX = 32 * 1024 * 1024;

    private final int bytesMax;
    private final Map<Integer, Deque<ByteBuf>> idle = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int lentBytes;
    private int idleBytes;
    private boolean closed;

    ChunkBuffers(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Lends an empty buffer for at least a length.
     *
     * @param whenFree is run once, on the thread that gave a buffer back, if there is none now
     * @return null if all is lent
     */
    synchronized @Nullable ByteBuf lend(int length, Runnable whenFree) {
        int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
        if (lentBytes > 0 && lentBytes + size > bytesMax) {
            waiting.add(whenFree);
            return null;
        }
        lentBytes += size;
        Deque<ByteBuf> fitting = idle.get(size);
        ByteBuf buffer = fitting == null ? null : fitting.pollLast();
        if (buffer != null) {
            idleBytes -= size;
            return buffer.clear();
        }
        trim(bytesMax - lentBytes);
        return allocate(size);
    }

    /** Begins at a page's boundary, as writing past the operating system's cache demands. */
    private static ByteBuf allocate(int size) {
        ByteBuf memory = UnpooledByteBufAllocator.DEFAULT.directBuffer(size + PAGE_BYTES - 1);
        int start = memory.internalNioBuffer(0, memory.capacity()).alignmentOffset(0, PAGE_BYTES);
        return memory.slice(start == 0 ? 0 : PAGE_BYTES - start, size).clear();
    }

    /** Takes a buffer back. */
    void giveBack(ByteBuf buffer) {
        Runnable next;
        synchronized (this) {
            lentBytes -= buffer.capacity();
            idle.computeIfAbsent(buffer.capacity(), size -> new ArrayDeque<>()).addLast(buffer);
            idleBytes += buffer.capacity();
            if (lentBytes == 0 || closed) {
                trim(closed ? 0 : IDLE_BYTES_MAX);
            }
            next = waiting.poll();
        }
        if (next != null) {
            next.run();
        }
    }

    /** Frees all: what is lent when it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        trim(0);
    }

    /** Frees those used longest ago until no more than so many bytes are kept. */
    private void trim(int keptBytesMax) {
        for (Deque<ByteBuf> ofOneSize : idle.values()) {
            while (idleBytes > keptBytesMax && !ofOneSize.isEmpty()) {
                ByteBuf oldest = ofOneSize.removeFirst();
                idleBytes -= oldest.capacity();
                oldest.release();
            }
        }
    }
}
