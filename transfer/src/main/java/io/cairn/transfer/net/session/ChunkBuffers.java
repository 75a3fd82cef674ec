package io.cairn.transfer.net.session;

import io.cairn.dht.id.Key;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lends direct memory for chunks, bounded in total, and keeps returned buffers for reuse: fresh memory would be zeroed, and mapped page by
 * page by the kernel. The last returned is lent first, since the processor's cache still holds it. Direct, since heap memory is copied once
 * more on its way to a file or socket. Chunks that peers may soon request stay readable in their buffers until the memory is needed.
 * Thread-safe.
 */
public final class ChunkBuffers implements AutoCloseable {
    private static final int SMALLEST = 64 * 1024;

    private static final int PAGE_BYTES = 4 << 10;

    /** Most bytes idle while nothing is lent, readable chunks included; readable chunks alone may exceed it. */
    private static final int IDLE_BYTES_MAX = 32 * 1024 * 1024;

    /** Most bytes of readable chunks: what a swarm on a fast network requests within a fraction of a second. */
    private static final int KEPT_BYTES_MAX = 48 * 1024 * 1024;

    private final int bytesMax;
    private final IntFunction<ByteBuf> allocator;
    private final Map<Name, Kept> kept = new LinkedHashMap<>();
    private final Map<Integer, Deque<ByteBuf>> idle = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int lentBytes;
    private int idleBytes;
    private int keptBytes;
    private boolean closed;

    ChunkBuffers(int bytesMax) {
        this(bytesMax, ChunkBuffers::allocate);
    }

    /** @param allocator allocates empty memory of exactly this size */
    ChunkBuffers(int bytesMax, IntFunction<ByteBuf> allocator) {
        this.bytesMax = bytesMax;
        this.allocator = allocator;
    }

    /**
     * Lends an empty buffer of at least this length.
     *
     * @param whenFree called once, on the thread that returned a buffer, if none is available now; must not throw, and may again find none
     *     available
     * @return null if all is lent
     * @throws OutOfMemoryError if the process is allowed no more direct memory; nothing is lent then
     */
    synchronized @Nullable ByteBuf lend(int length, Runnable whenFree) {
        int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
        if (lentBytes > 0 && lentBytes + size > bytesMax) {
            waiting.add(whenFree);
            return null;
        }
        lentBytes += size;
        ByteBuf lent = null;
        try {
            lent = take(size);
            return lent;
        } finally {
            if (lent == null) {
                lentBytes -= size;
            }
        }
    }

    private ByteBuf take(int size) {
        forget(bytesMax - lentBytes);
        Deque<ByteBuf> fitting = idle.get(size);
        ByteBuf buffer = fitting == null ? null : fitting.pollLast();
        if (buffer != null) {
            idleBytes -= size;
            return buffer.clear();
        }
        trim(bytesMax - lentBytes - keptBytes);
        return allocator.apply(size);
    }

    /** Starts at a page boundary, as writes that bypass the operating system's cache require. */
    private static ByteBuf allocate(int size) {
        ByteBuf memory = UnpooledByteBufAllocator.DEFAULT.directBuffer(size + PAGE_BYTES - 1);
        int start = memory.internalNioBuffer(0, memory.capacity()).alignmentOffset(0, PAGE_BYTES);
        return memory.slice(start == 0 ? 0 : PAGE_BYTES - start, size).clear();
    }

    /** Takes a buffer back. */
    void giveBack(ByteBuf buffer) {
        List<Runnable> woken;
        synchronized (this) {
            lentBytes -= buffer.capacity();
            idle(buffer);
            woken = noLongerWaiting();
        }
        woken.forEach(Runnable::run);
    }

    /** Takes back a buffer that holds a whole chunk, which stays readable until the memory is needed. */
    void keep(Key share, int chunk, ByteBuf buffer) {
        List<Runnable> woken;
        synchronized (this) {
            lentBytes -= buffer.capacity();
            keptBytes += buffer.capacity();
            Kept former = kept.put(new Name(share, chunk), new Kept(buffer));
            if (former != null) {
                forget(former);
            }
            forget(closed ? 0 : KEPT_BYTES_MAX);
            woken = noLongerWaiting();
        }
        woken.forEach(Runnable::run);
    }

    /**
     * Fills a buffer from a kept chunk, starting at an offset of it.
     *
     * @return whether the chunk was available
     */
    boolean read(Key share, int chunk, int offset, ByteBuffer target) {
        Kept found;
        synchronized (this) {
            found = kept.get(new Name(share, chunk));
            if (found == null) {
                return false;
            }
            found.readers++;
        }
        try {
            target.put(found.memory.nioBuffer(offset, target.remaining()));
        } finally {
            synchronized (this) {
                found.readers--;
                if (found.forgotten && found.readers == 0) {
                    idle(found.memory);
                }
            }
        }
        return true;
    }

    /** Frees all memory; lent buffers are freed when returned. */
    @Override
    public synchronized void close() {
        closed = true;
        forget(0);
        trim(0);
    }

    /** Wakes all waiting sessions: one may need less than was returned, another may need nothing any more and would wake no other. */
    private List<Runnable> noLongerWaiting() {
        List<Runnable> woken = List.copyOf(waiting);
        waiting.clear();
        return woken;
    }

    private void idle(ByteBuf buffer) {
        idle.computeIfAbsent(buffer.capacity(), size -> new ArrayDeque<>()).addLast(buffer);
        idleBytes += buffer.capacity();
        if (lentBytes == 0 || closed) {
            trim(closed ? 0 : IDLE_BYTES_MAX - keptBytes);
        }
    }

    /** Forgets the oldest chunks until at most this many bytes are kept. */
    private void forget(int keptBytesMax) {
        while (keptBytes > keptBytesMax && !kept.isEmpty()) {
            Map.Entry<Name, Kept> oldest = kept.entrySet().iterator().next();
            kept.remove(oldest.getKey());
            forget(oldest.getValue());
        }
    }

    private void forget(Kept chunk) {
        keptBytes -= chunk.memory.capacity();
        chunk.forgotten = true;
        if (chunk.readers == 0) {
            idle(chunk.memory);
        }
    }

    /** Frees the least recently used until at most this many bytes are kept. */
    private void trim(int keptBytesMax) {
        for (Deque<ByteBuf> ofOneSize : idle.values()) {
            while (idleBytes > keptBytesMax && !ofOneSize.isEmpty()) {
                ByteBuf oldest = ofOneSize.removeFirst();
                idleBytes -= oldest.capacity();
                oldest.release();
            }
        }
    }

    private record Name(Key share, int chunk) {}

    /** A readable chunk. */
    private static final class Kept {
        final ByteBuf memory;
        int readers;
        boolean forgotten;

        Kept(ByteBuf memory) {
            this.memory = memory;
        }
    }
}
