package io.cairn.transfer.net.session;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Counts the bytes of queued messages, in memory or on their way to the network thread, over all sessions. When there are too many, the
 * session with the longest queue is closed: it does not read what it requests. Chunks are not counted; {@link ChunkSender} limits those.
 * Thread-safe.
 */
final class SendQueues {
    private final long bytesMax;
    private final Set<Queue> queues = new LinkedHashSet<>();
    private long bytes;

    SendQueues(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The queue of one session. */
    static final class Queue {
        private final Runnable close;
        private long waiting;

        private Queue(Runnable close) {
            this.close = close;
        }
    }

    /** @param close called, on any thread, if this queue is the longest when there are too many bytes */
    synchronized Queue open(Runnable close) {
        Queue queue = new Queue(close);
        queues.add(queue);
        return queue;
    }

    /** Bytes were queued. */
    void added(Queue queue, int length) {
        Queue longest = null;
        synchronized (this) {
            if (queues.contains(queue)) {
                queue.waiting += length;
                bytes += length;
            }
            if (bytes > bytesMax) {
                longest = queues.stream()
                        .max(Comparator.comparingLong(one -> one.waiting))
                        .orElse(queue);
                end(longest); // now, so that no other session is closed for bytes about to be discarded
            }
        }
        if (longest != null) {
            longest.close.run();
        }
    }

    /** Bytes have been sent or discarded. */
    synchronized void removed(Queue queue, int length) {
        if (queues.contains(queue)) {
            queue.waiting -= length;
            bytes -= length;
        }
    }

    /** Its session has ended. */
    synchronized void end(Queue queue) {
        if (queues.remove(queue)) {
            bytes -= queue.waiting;
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
