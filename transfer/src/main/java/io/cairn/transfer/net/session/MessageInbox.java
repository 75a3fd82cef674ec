package io.cairn.transfer.net.session;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The queue between a session's network thread and the node's loop: received messages wait here for the loop, and the loop's answers for
 * the network thread. Both are counted, and weighed over all sessions, so that reading from a flooding peer stops: neither side ever waits
 * behind more than a little of each session.
 */
public final class MessageInbox {
    private final Scheduler scheduler;
    private final int waitingMax;
    private final int answersMax;
    private final int bytesMax;
    private final long allBytesMax;
    private final AtomicLong allBytes;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicInteger unsent = new AtomicInteger();
    private volatile boolean stopped;
    private volatile long receivedBytes;
    private volatile long sentBytes;
    private volatile Runnable drained = () -> {};
    private PeerConnection.@Nullable Receiver receiver;
    private boolean closed;

    /** @param allBytes waiting for the loop on all sessions */
    public MessageInbox(Scheduler scheduler, TransferLimits limits, AtomicLong allBytes) {
        this.scheduler = scheduler;
        this.waitingMax = limits.waitingMessagesMax();
        this.answersMax = limits.waitingAnswersMax();
        this.bytesMax = limits.waitingBytesMax();
        this.allBytesMax = limits.allWaitingBytesMax();
        this.allBytes = allBytes;
    }

    /**
     * Whether reading must stop.
     *
     * @param resumption if so, called once there is room again, on any thread
     */
    boolean isFull(Runnable resumption) {
        if (!isAbove(1)) {
            return false;
        }
        drained = resumption;
        stopped = true;
        return isAbove(1); // again: it may have drained before the other thread saw the wait
    }

    /** On the loop: an answer is on its way to the network thread. */
    void answering() {
        unsent.incrementAndGet();
    }

    /** On the network thread: an answer has arrived there. */
    void answered() {
        unsent.decrementAndGet();
        tellIfDrained();
    }

    /** Whether one of the limits, divided by this, is reached. */
    private boolean isAbove(int part) {
        int own = waitingBytes.get();
        return waiting.get() > (waitingMax - 1) / part
                || unsent.get() > (answersMax - 1) / part
                || own > (bytesMax - 1) / part
                || own > 0 && allBytes.get() >= allBytesMax; // an empty queue always takes one message
    }

    private void tellIfDrained() {
        if (stopped && !isAbove(2)) {
            stopped = false;
            drained.run();
        }
    }

    /**
     * On the network thread.
     *
     * @param trace the trace that the message is part of, if any
     */
    void message(PeerMessage message, @Nullable TraceContext trace) {
        toLoop(MessageWeight.of(message), () -> {
            if (!closed && receiver != null) {
                if (trace != null) {
                    receiver.traced(trace);
                }
                PeerMessages.tell(message, receiver);
            }
        });
    }

    /** On the network thread. */
    void chunk(ReceivedBlock chunk) {
        toLoop(0, () -> {
            if (!closed && receiver != null) {
                receiver.delivered(chunk);
            } else {
                chunk.release();
            }
        });
    }

    /** On the network thread. */
    public void closed(String reason) {
        scheduler.execute(() -> {
            if (!closed && receiver != null) {
                closed = true;
                receiver.closed(reason);
            }
        });
    }

    /** On the loop. */
    public void receive(PeerConnection.Receiver newReceiver) {
        receiver = newReceiver;
    }

    /** On the loop: nothing more is reported. */
    public void shut() {
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

    public long receivedBytes() {
        return receivedBytes;
    }

    public long sentBytes() {
        return sentBytes;
    }

    /** @param bytes of memory that it takes until then, without those of chunks, which have a limit of their own */
    private void toLoop(int bytes, Runnable task) {
        waiting.incrementAndGet();
        waitingBytes.addAndGet(bytes);
        allBytes.addAndGet(bytes);
        scheduler.execute(() -> {
            try {
                task.run();
            } finally {
                waiting.decrementAndGet();
                waitingBytes.addAndGet(-bytes);
                allBytes.addAndGet(-bytes);
                tellIfDrained();
            }
        });
    }
}
