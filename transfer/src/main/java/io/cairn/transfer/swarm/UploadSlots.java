package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import io.cairn.transfer.protocol.PeerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks in turns: so many peers at once, each a batch, then the next that wait; a peer that is alone has its batch filled up as it
 * shrinks, so that its line is never idle. A batch can be announced under one signature. Confined to the loop.
 */
final class UploadSlots {
    private final SwarmLimits limits;
    private final Outcome outcome;
    private final Map<PeerLink, Queue> queues = new LinkedHashMap<>();
    private final Deque<Queue> turns = new ArrayDeque<>();
    private int slotsTaken;

    UploadSlots(SwarmLimits limits, Outcome outcome) {
        this.limits = limits;
        this.outcome = outcome;
    }

    /** Hears what became of uploads. */
    interface Outcome {
        void sent(ServedShare share, int bytes);

        /** Reading failed; the peer has been told. */
        void unreadable(ServedShare share, Throwable failure);
    }

    void want(PeerLink link, ServedShare share, List<Integer> chunks) {
        Queue queue = queues.computeIfAbsent(link, Queue::new);
        List<Integer> notHad = new ArrayList<>();
        List<Integer> tooMany = new ArrayList<>();
        for (int chunk : chunks) {
            if (chunk >= share.chunkCount() || !share.has(chunk)) {
                notHad.add(chunk);
            } else if (queue.waiting.size() >= limits.wantsPerPeerMax()) {
                tooMany.add(chunk);
            } else {
                queue.waiting.addLast(new Request(share, chunk));
            }
        }
        rejectAny(link, share.hash(), notHad, PeerMessage.Reason.NOT_HAD);
        rejectAny(link, share.hash(), tooMany, PeerMessage.Reason.BUSY);
        if (!queue.inSlot && !queue.inTurn && !queue.waiting.isEmpty()) {
            queue.inTurn = true;
            turns.addLast(queue);
        }
        fill(queue);
        takeTurns();
    }

    void cancel(PeerLink link, Key share, List<Integer> chunks) {
        Queue queue = queues.get(link);
        if (queue != null) {
            List<Integer> takenBack = chunks.stream()
                    .distinct()
                    .filter(chunk -> queue.waiting.removeIf(request -> request.is(share, chunk)))
                    .toList();
            rejectAny(link, share, takenBack, PeerMessage.Reason.CANCELLED);
        }
    }

    /** Serves a share no more. */
    void withdraw(Key share, PeerMessage.Reason reason) {
        queues.forEach((link, queue) -> {
            List<Integer> waiting = queue.waiting.stream()
                    .filter(request -> request.share.hash().equals(share))
                    .map(Request::chunk)
                    .toList();
            queue.waiting.removeIf(request -> request.share.hash().equals(share));
            rejectAny(link, share, waiting, reason);
        });
    }

    void closed(PeerLink link) {
        Queue queue = queues.remove(link);
        if (queue != null) {
            queue.waiting.clear();
            turns.remove(queue);
            leaveSlot(queue);
        }
    }

    /** Whether chunks are being sent to a peer. */
    boolean isSending(PeerLink link) {
        Queue queue = queues.get(link);
        return queue != null && queue.activeBytes > 0;
    }

    private void takeTurns() {
        while (slotsTaken < limits.uploadPeersMax() && !turns.isEmpty()) {
            Queue queue = turns.removeFirst();
            queue.inTurn = false;
            queue.inSlot = true;
            slotsTaken++;
            fill(queue);
            if (queue.activeBytes == 0) {
                leaveSlot(queue);
            }
        }
    }

    /** Gives a peer in a slot its batch, and fills it up if nobody waits for the slot. */
    private void fill(Queue queue) {
        boolean mayGoOn = queue.activeBytes == 0 || turns.isEmpty();
        if (queue.inSlot && mayGoOn && queue.activeBytes <= limits.uploadBatchBytes() / 2) {
            while (queue.activeBytes < limits.uploadBatchBytes() && !queue.waiting.isEmpty()) {
                send(queue, queue.waiting.removeFirst());
            }
        }
    }

    private void send(Queue queue, Request request) {
        int length = request.share.content().manifest().chunkLength(request.chunk);
        queue.activeBytes += length;
        queue.link.connection().sendChunk(request.share.content(), request.chunk, failure -> {
            queue.activeBytes -= length;
            if (queues.get(queue.link) == queue) {
                ended(request.share, length, failure);
                boolean yields = queue.activeBytes == 0 && !turns.isEmpty();
                if (!yields) {
                    fill(queue);
                }
                if (queue.activeBytes == 0) {
                    leaveSlot(queue);
                }
            }
        });
    }

    private void ended(ServedShare share, int length, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.sent(share, length);
        } else {
            outcome.unreadable(share, failure);
        }
    }

    private void leaveSlot(Queue queue) {
        if (queue.inSlot) {
            queue.inSlot = false;
            slotsTaken--;
            if (!queue.waiting.isEmpty()) {
                queue.inTurn = true;
                turns.addLast(queue);
            }
            takeTurns();
        }
    }

    private static void rejectAny(PeerLink link, Key share, List<Integer> chunks, PeerMessage.Reason reason) {
        if (!chunks.isEmpty()) {
            link.reject(share, chunks, reason);
        }
    }

    private record Request(ServedShare share, int chunk) {
        boolean is(Key otherShare, int otherChunk) {
            return chunk == otherChunk && share.hash().equals(otherShare);
        }
    }

    /** What one peer waits for, and what is on its way to it. */
    private static final class Queue {
        final PeerLink link;
        final Deque<Request> waiting = new ArrayDeque<>();
        long activeBytes;
        boolean inTurn;
        boolean inSlot;

        Queue(PeerLink link) {
            this.link = link;
        }
    }
}
