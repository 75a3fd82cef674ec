package io.cairn.transfer.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lends heap arrays for chunks, bounded in sum, and keeps them for the next: a fresh megabyte would be zeroed each time, and is a
 * humongous object to the collector. Heap arrays, since the JDK's digests are slow on direct buffers. Thread-safe.
 */
final class ChunkBuffers {
    private static final int SMALLEST = 64 * 1024;

    /** Arrays not lent are kept up to this many bytes; the collector has the others. */
    private static final int IDLE_BYTES_MAX = 32 * 1024 * 1024;

    private final int bytesMax;
    private final Map<Integer, Deque<byte[]>> idle = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int lentBytes;
    private int idleBytes;

    ChunkBuffers(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Lends an array of at least a length.
     *
     * @param whenFree is run once, on the thread that gave an array back, if there is none now
     * @return null if all is lent
     */
    synchronized byte @Nullable [] lend(int length, Runnable whenFree) {
        int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
        if (lentBytes > 0 && lentBytes + size > bytesMax) {
            waiting.add(whenFree);
            return null;
        }
        lentBytes += size;
        Deque<byte[]> fitting = idle.get(size);
        byte[] array = fitting == null ? null : fitting.pollLast();
        if (array != null) {
            idleBytes -= size;
            return array;
        }
        return new byte[size];
    }

    /** Takes an array back. */
    void giveBack(byte[] array) {
        Runnable next;
        synchronized (this) {
            lentBytes -= array.length;
            if (idleBytes + array.length <= IDLE_BYTES_MAX) {
                idle.computeIfAbsent(array.length, size -> new ArrayDeque<>()).addLast(array);
                idleBytes += array.length;
            }
            next = waiting.poll();
        }
        if (next != null) {
            next.run();
        }
    }
}
