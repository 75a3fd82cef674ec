package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which chunk is sent to which peer next. Hands over only as much at a time as the line recently took in a tenth of a second, so
 * that the choice is made late. Within a share, the chunks that the fewest peers have or have been sent go first: where many peers fetch
 * the same share, the line carries what no peer has yet, and they exchange the rest. Among equals the longest waiting goes first; a peer
 * that has waited for a second is served whatever it requests. Chunks handed over together are announced under one signature. Confined to
 * the loop.
 */
public final class UploadSlots {
    /** Peers served in parallel even on a slow line, so that one of them cannot leave it idle. */
    private static final int SIDE_BY_SIDE = 4;

    private static final int WINDOW_MILLIS = 100;
    private static final int WAITED_LONG_MILLIS = 1_000;
    private static final int STUCK_MILLIS = 1_000;

    private final SwarmLimits limits;
    private final Clock clock;
    private final Outcome outcome;
    private final Map<PeerLink, Queue> queues = new LinkedHashMap<>();
    private final DeliveryWindow line;
    private long turns;

    public UploadSlots(SwarmLimits limits, Clock clock, Outcome outcome) {
        this.limits = limits;
        this.clock = clock;
        this.outcome = outcome;
        this.line = window(limits.uploadPeersMax() * limits.uploadBatchBytes());
    }

    /** Receives the results of uploads. */
    public interface Outcome {
        void sent(ServedShare share, int bytes);

        /** Reading failed; the peer got a refusal. */
        void unreadable(ServedShare share, Throwable failure);
    }

    public void request(PeerLink link, ServedShare share, List<Block> blocks) {
        Queue queue = queues.computeIfAbsent(link, Queue::new);
        List<Block> notHad = new ArrayList<>();
        List<Block> tooMany = new ArrayList<>();
        if (queue.waiting.isEmpty()) {
            queue.servedMillis = Math.max(queue.servedMillis, now());
        }
        for (Block block : blocks) {
            if (!share.has(block)) {
                notHad.add(block);
            } else if (queue.waiting.size() >= limits.wantsPerPeerMax()) {
                tooMany.add(block);
            } else {
                queue.waiting.add(new Request(share, block));
            }
        }
        refuseAny(link, share.hash(), notHad, RefusalReason.NOT_HAD);
        refuseAny(link, share.hash(), tooMany, RefusalReason.BUSY);
        proceed();
    }

    public void cancel(PeerLink link, Key share, List<Block> blocks) {
        Queue queue = queues.get(link);
        if (queue != null) {
            List<Block> takenBack = blocks.stream()
                    .distinct()
                    .filter(block -> queue.waiting.removeIf(request -> request.is(share, block)))
                    .toList();
            refuseAny(link, share, takenBack, RefusalReason.CANCELLED);
        }
    }

    /** Stops serving a share. */
    public void withdraw(Key share, RefusalReason reason) {
        queues.forEach((link, queue) -> {
            List<Block> waiting = queue.waiting.stream()
                    .filter(request -> request.share.hash().equals(share))
                    .map(Request::block)
                    .toList();
            queue.waiting.removeIf(request -> request.share.hash().equals(share));
            refuseAny(link, share, waiting, reason);
        });
    }

    void closed(PeerLink link) {
        if (queues.remove(link) != null) {
            proceed();
        }
    }

    /** Whether chunks are being sent to a peer. */
    public boolean isSending(PeerLink link) {
        Queue queue = queues.get(link);
        return queue != null && queue.activeBytes > 0;
    }

    /** Hands over chunks while the line has room. Also called regularly: a stuck peer blocks no other. */
    void proceed() {
        Queue next = next();
        while (next != null) {
            send(next);
            next = next();
        }
    }

    /** The peer that is next, with its request chosen; null if there is nothing to send or no room for it. */
    private @Nullable Queue next() {
        long now = now();
        long activeBytes = 0;
        int active = 0;
        for (Queue queue : queues.values()) {
            boolean stuck = now - queue.link.takesMillis() >= STUCK_MILLIS;
            activeBytes += stuck ? 0 : queue.activeBytes;
            active += queue.activeBytes > 0 && !stuck ? 1 : 0;
        }
        boolean room = activeBytes < line.bytes() || active < SIDE_BY_SIDE;
        Map<ServedShare, Integer> fewest = new LinkedHashMap<>();
        for (Queue queue : queues.values()) {
            queue.choose(queue.mayTake(room, active, now));
            Request best = queue.best;
            if (best != null) {
                fewest.merge(best.share, best.copies(), Math::min);
            }
        }
        Queue next = null;
        for (Queue queue : queues.values()) {
            Request best = queue.best;
            if (best != null
                    && (next == null || queue.turn < next.turn)
                    && (queue.hasWaitedLong(now) || Objects.equals(fewest.get(best.share), best.copies()))) {
                next = queue;
            }
        }
        return next;
    }

    private void send(Queue queue) {
        Request request = Objects.requireNonNull(queue.best);
        long now = now();
        int length = request.length();
        if (queues.values().stream().allMatch(other -> other.activeBytes == 0)) {
            line.resumed(now);
        }
        if (queue.activeBytes == 0) {
            queue.window.resumed(now);
        }
        queue.waiting.remove(request);
        queue.activeBytes += length;
        queue.servedMillis = now;
        queue.turn = ++turns;
        request.share.spreads(queue.link, request.block.chunk());
        queue.link.connection().deliver(request.share.content(), request.block, failure -> {
            queue.activeBytes -= length;
            if (queues.get(queue.link) == queue) {
                line.delivered(length, now());
                queue.window.delivered(length, now());
                ended(request.share, length, failure);
                proceed();
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

    private DeliveryWindow window(int bytesMax) {
        int bytesMin = Math.min(bytesMax, limits.uploadBatchBytesMin());
        return new DeliveryWindow(limits.uploadBatchBytes(), bytesMin, bytesMax, WINDOW_MILLIS, now());
    }

    private long now() {
        return clock.monotonicMillis();
    }

    private static void refuseAny(PeerLink link, Key share, List<Block> blocks, RefusalReason reason) {
        if (!blocks.isEmpty()) {
            link.connection().refuse(share, blocks, reason);
        }
    }

    private record Request(ServedShare share, Block block) {
        boolean is(Key otherShare, Block other) {
            return block.startsAs(other) && share.hash().equals(otherShare);
        }

        int copies() {
            return share.copies(block.chunk());
        }

        int length() {
            return block.lengthIn(share.content().manifest().chunkLength(block.chunk()));
        }
    }

    /** The requests of one peer and the bytes on their way to it. */
    private final class Queue {
        final PeerLink link;
        final List<Request> waiting = new ArrayList<>();
        final DeliveryWindow window = window(limits.uploadBatchBytes());
        long activeBytes;
        long servedMillis = Long.MIN_VALUE;
        long turn;
        boolean filling;

        @Nullable
        Request best;

        Queue(PeerLink link) {
            this.link = link;
        }

        boolean hasWaitedLong(long nowMillis) {
            return activeBytes == 0 && nowMillis - servedMillis >= WAITED_LONG_MILLIS;
        }

        /** Whether it may be handed more; refilled only once half has been sent, so that a signature covers several chunks. */
        boolean mayTake(boolean room, int active, long nowMillis) {
            boolean slot = activeBytes > 0 || active < limits.uploadPeersMax();
            filling = activeBytes <= window.bytes() / 2 || filling && activeBytes < window.bytes();
            return slot && filling && (room || hasWaitedLong(nowMillis));
        }

        /** Chooses its request for the chunk that has spread least, the first of several. */
        void choose(boolean any) {
            best = null;
            int fewest = Integer.MAX_VALUE;
            for (int i = 0; any && i < Math.min(waiting.size(), SwarmLimits.REQUESTS_COMPARED_MAX); i++) {
                Request request = waiting.get(i);
                int copies = request.copies();
                if (copies < fewest) {
                    best = request;
                    fewest = copies;
                }
            }
        }
    }
}
