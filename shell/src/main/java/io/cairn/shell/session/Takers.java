package io.cairn.shell.session;

import io.cairn.app.Node.Peer;
import io.cairn.app.Node.Share;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.output.Cells;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows which peers take what from this node: a live line for each, and a line that stays when one has stopped. The node counts bytes by
 * peer and by share: while several peers take from several shares, it is not known which takes which, and no name is added.
 */
final class Takers {
    private static final int NAME_COLUMNS = 28;
    private static final int NAMES_MAX = 3;
    private static final long IDLE_NANOS = 3_000_000_000L;

    private final Supplier<List<Share>> shares;
    private final Supplier<List<Peer>> peers;
    private final Output output;
    private final LongSupplier nanoTime;
    private final Map<Key, Long> uploaded = new HashMap<>();
    private final Map<NodeId, Long> sent = new HashMap<>();
    private final Map<NodeId, Taker> takers = new HashMap<>();
    private long lookedNanos;

    /** @param nanoTime the clock */
    Takers(Supplier<List<Share>> shares, Supplier<List<Peer>> peers, Output output, LongSupplier nanoTime) {
        this.shares = shares;
        this.peers = peers;
        this.output = output;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        taken();
        peers.get().forEach(peer -> sent.put(peer.node(), peer.sentBytes()));
    }

    /** A peer that takes something. */
    private static final class Taker {
        final Peer peer;
        final Set<String> names = new LinkedHashSet<>();
        boolean hasTakenUnnamed;
        long bytes;
        long grownNanos;

        Taker(Peer peer) {
            this.peer = peer;
        }

        String who() {
            return peer.node().toShortString() + " at " + peer.endpoint();
        }

        /** The names of what it took: the last ones first; empty if none is known. */
        String what() {
            List<String> latest = new ArrayList<>(names);
            Collections.reverse(latest);
            int more = latest.size() - NAMES_MAX;
            String shown = latest.stream()
                    .limit(NAMES_MAX)
                    .map(name -> Cells.cutMiddle(name, NAME_COLUMNS))
                    .collect(Collectors.joining(", "));
            return shown
                    + (more > 0 ? " and " + Sizes.count(more) + " more" : "")
                    + (hasTakenUnnamed && !shown.isEmpty() ? " and others" : "");
        }

        void takes(List<String> taken) {
            taken.forEach(names::remove);
            names.addAll(taken);
        }
    }

    /** Looks at what was sent since the last look. */
    void look() {
        long now = nanoTime.getAsLong();
        long millis = Math.max(1, (now - lookedNanos) / 1_000_000);
        lookedNanos = now;
        List<String> names = taken();
        List<Peer> known = peers.get();
        long taking = known.stream()
                .filter(peer -> grown(sent.get(peer.node()), peer.sentBytes()) > 0)
                .count();
        boolean isCertain = taking == 1 || names.size() == 1;
        for (Peer peer : known) {
            long grown = grown(sent.put(peer.node(), peer.sentBytes()), peer.sentBytes());
            if (grown > 0 && !names.isEmpty()) {
                Taker taker = takers.computeIfAbsent(peer.node(), id -> begins(new Taker(peer)));
                taker.bytes += grown;
                taker.grownNanos = now;
                if (isCertain) {
                    taker.takes(names);
                } else {
                    taker.hasTakenUnnamed = true;
                }
                output.live(
                        taker,
                        taker.who(),
                        "takes",
                        Sizes.rate(grown * 1000 / millis) + "  " + Sizes.bytes(taker.bytes) + "  " + taker.what());
            }
        }
        takers.values().removeIf(taker -> now - taker.grownNanos > IDLE_NANOS && hasEnded(taker));
        sent.keySet().retainAll(known.stream().map(Peer::node).toList());
    }

    /** The names of the shares that were sent from since the last look. */
    private List<String> taken() {
        List<String> names = new ArrayList<>();
        for (Share share : shares.get()) {
            Long before = uploaded.put(share.hash(), share.uploadedBytes());
            if (before != null && share.uploadedBytes() > before) {
                names.add(Plain.line(share.name()));
            }
        }
        return names;
    }

    /** What the counter of a peer has grown by. It begins at 0 again when another process becomes the node. */
    private static long grown(@Nullable Long before, long now) {
        return before == null || now < before ? now : now - before;
    }

    private Taker begins(Taker taker) {
        if (!output.isAnimated()) {
            output.note(taker.who() + " takes chunks");
        }
        return taker;
    }

    private boolean hasEnded(Taker taker) {
        output.endProgress(taker);
        String of = taker.what().isEmpty() ? "" : " of " + taker.what();
        output.note(taker.who() + " took " + Sizes.bytes(taker.bytes) + of);
        return true;
    }
}
