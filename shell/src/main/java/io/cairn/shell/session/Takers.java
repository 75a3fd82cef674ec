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
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    private final Names contacts;
    private final Output output;
    private final LongSupplier nanoTime;
    private final Map<Key, Long> uploaded = new HashMap<>();
    private final Map<NodeId, Sent> sent = new HashMap<>();
    private final Map<NodeId, Taker> takers = new HashMap<>();
    private long lookedNanos;

    /** @param nanoTime the clock */
    Takers(
            Supplier<List<Share>> shares,
            Supplier<List<Peer>> peers,
            Names contacts,
            Output output,
            LongSupplier nanoTime) {
        this.shares = shares;
        this.peers = peers;
        this.contacts = contacts;
        this.output = output;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        taken();
        peers.get().forEach(peer -> sent.put(peer.node(), new Sent(peer.sentBytes())));
    }

    /**
     * What is sent to a peer. A share counts only whole blocks, so what is sent of the first one is known to be of a share once that is
     * delivered.
     */
    private static final class Sent {
        private long counter;
        private long untakenBytes;
        long latelyBytes;

        Sent(long counter) {
            this.counter = counter;
        }

        /** The counter begins at 0 again when another process becomes the node. */
        void reach(long now) {
            latelyBytes = now < counter ? now : now - counter;
            counter = now;
            untakenBytes = latelyBytes == 0 ? 0 : untakenBytes + latelyBytes;
        }

        long take() {
            long taken = untakenBytes;
            untakenBytes = 0;
            return taken;
        }
    }

    /** A peer that takes something. */
    private static final class Taker {
        final String who;
        final Set<String> names = new LinkedHashSet<>();
        boolean hasTakenUnnamed;
        long bytes;
        long grownNanos;

        Taker(String who) {
            this.who = who;
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
        known.forEach(
                peer -> sent.computeIfAbsent(peer.node(), id -> new Sent(0)).reach(peer.sentBytes()));
        long taking = known.stream().filter(peer -> sent(peer).latelyBytes > 0).count();
        boolean isCertain = taking == 1 || names.size() == 1;
        for (Peer peer : known) {
            Sent counted = sent(peer);
            if (counted.latelyBytes > 0 && (takers.containsKey(peer.node()) || !names.isEmpty())) {
                Taker taker = takers.computeIfAbsent(peer.node(), id -> begins(peer));
                taker.bytes += counted.take();
                taker.grownNanos = now;
                if (isCertain) {
                    taker.takes(names);
                } else if (!names.isEmpty()) {
                    taker.hasTakenUnnamed = true;
                }
                output.live(
                        taker,
                        taker.who,
                        "takes",
                        Sizes.rate(counted.latelyBytes * 1000 / millis) + "  " + Sizes.bytes(taker.bytes) + "  "
                                + taker.what());
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

    private Sent sent(Peer peer) {
        return Objects.requireNonNull(sent.get(peer.node()), "counted before");
    }

    private Taker begins(Peer peer) {
        Taker taker = new Taker(contacts.shown(peer.node()) + " at " + peer.endpoint());
        if (!output.isAnimated()) {
            output.note(taker.who + " takes chunks");
        }
        return taker;
    }

    private boolean hasEnded(Taker taker) {
        output.endProgress(taker);
        String of = taker.what().isEmpty() ? "" : " of " + taker.what();
        output.note(taker.who + " took " + Sizes.bytes(taker.bytes) + of);
        return true;
    }
}
