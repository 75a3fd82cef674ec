package io.cairn.transfer.net;

import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.PeerConnection;
import io.cairn.transfer.swarm.ReceivedChunk;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Between a session's network thread and the node's loop: what was heard waits here for the loop, counted, so that a flood stops
 * the reading and not the loop.
 */
final class Inbox {
    private final Scheduler scheduler;
    private final int waitingMax;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long receivedBytes;
    private volatile long sentBytes;
    private volatile Runnable drained = () -> {};
    private PeerConnection.@Nullable Receiver receiver;
    private boolean closed;

    Inbox(Scheduler scheduler, int waitingMax) {
        this.scheduler = scheduler;
        this.waitingMax = waitingMax;
    }

    /** Names who is told, on any thread, when there is room again. */
    void whenDrained(Runnable task) {
        drained = task;
    }

    boolean isFull() {
        return waiting.get() >= waitingMax;
    }

    /** On the network thread. */
    void message(PeerMessage message) {
        toLoop(() -> {
            if (!closed && receiver != null) {
                receiver.message(message);
            }
        });
    }

    /** On the network thread. */
    void chunk(ReceivedChunk chunk) {
        toLoop(() -> {
            if (!closed && receiver != null) {
                receiver.chunk(chunk);
            } else {
                chunk.release();
            }
        });
    }

    /** On the network thread. */
    void closed(String reason) {
        scheduler.execute(() -> {
            if (!closed && receiver != null) {
                closed = true;
                receiver.closed(reason);
            }
        });
    }

    /** On the loop. */
    void receive(PeerConnection.Receiver newReceiver) {
        receiver = newReceiver;
    }

    /** On the loop: nothing more is told. */
    void shut() {
        closed = true;
    }

    /** On the network thread, the only one that writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; readers need no more than the latest value
    void countReceived(int bytes) {
        receivedBytes += bytes;
    }

    /** On the network thread, the only one that writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; readers need no more than the latest value
    void countSent(int bytes) {
        sentBytes += bytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    long sentBytes() {
        return sentBytes;
    }

    private void toLoop(Runnable task) {
        waiting.incrementAndGet();
        scheduler.execute(() -> {
            try {
                task.run();
            } finally {
                if (waiting.decrementAndGet() == waitingMax / 2) {
                    drained.run();
                }
            }
        });
    }
}
