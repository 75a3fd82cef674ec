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
 * Sends chunks in turns: each peer that waits gets a chunk before any gets the next, so that one with a long list does not hold up the
 * others. A few at once, since what is being sent is in memory. Confined to the loop.
 */
final class UploadSlots {
    private final SwarmLimits limits;
    private final Outcome outcome;
    private final Map<PeerLink, Queue> queues = new LinkedHashMap<>();
    private final Deque<PeerLink> turns = new ArrayDeque<>();
    private int active;

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
        Queue queue = queues.computeIfAbsent(link, l -> new Queue());
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
        takeTurn(link, queue);
        proceed();
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
        queues.remove(link);
        turns.remove(link);
    }

    /** Whether chunks are being sent to a peer. */
    boolean isSending(PeerLink link) {
        Queue queue = queues.get(link);
        return queue != null && queue.active > 0;
    }

    private void proceed() {
        while (active < limits.uploadsMax() && !turns.isEmpty()) {
            PeerLink link = turns.removeFirst();
            Queue queue = queues.get(link);
            Request request = queue == null ? null : queue.waiting.pollFirst();
            if (queue != null) {
                queue.inTurn = false;
                if (request != null) {
                    start(link, queue, request);
                    takeTurn(link, queue);
                }
            }
        }
    }

    private void start(PeerLink link, Queue queue, Request request) {
        active++;
        queue.active++;
        link.connection().sendChunk(request.share.content(), request.chunk, failure -> {
            active--;
            queue.active--;
            if (queues.get(link) == queue) {
                ended(link, request, failure);
                takeTurn(link, queue);
            }
            proceed();
        });
    }

    private void ended(PeerLink link, Request request, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.sent(request.share, request.share.content().manifest().chunkLength(request.chunk));
        } else if (failure instanceof io.cairn.transfer.content.ContentChangedException) {
            link.reject(request.share.hash(), List.of(request.chunk), PeerMessage.Reason.CHANGED);
            outcome.unreadable(request.share, failure);
        } else {
            link.reject(request.share.hash(), List.of(request.chunk), PeerMessage.Reason.NOT_HAD);
            outcome.unreadable(request.share, failure);
        }
    }

    private void takeTurn(PeerLink link, Queue queue) {
        if (!queue.inTurn && !queue.waiting.isEmpty() && queue.active < limits.uploadsPerPeerMax()) {
            queue.inTurn = true;
            turns.addLast(link);
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

    private static final class Queue {
        final Deque<Request> waiting = new ArrayDeque<>();
        int active;
        boolean inTurn;
    }
}
