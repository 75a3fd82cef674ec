package io.cairn.app.codes;

import io.cairn.app.people.NodeFinder;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.Talks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What this node has settled: tells each sender until it answers, and remembers it for a day, so that the same gift does not arrive as a new
 * one when its sender says it again. On the loop.
 */
final class Settlements {
    /** Most that are remembered; the oldest is forgotten. */
    static final int KEPT_MAX = 128;

    /** How long each is remembered: no sender waits longer. */
    static final long KEPT_MILLIS = 24 * 3_600_000L;

    static final long AGAIN_MILLIS_MIN = 5_000;
    static final long AGAIN_MILLIS_MAX = 600_000;

    /** Most senders that are told again at once. */
    private static final int ASKED_MAX = 4;

    private final Clock clock;
    private final Teller teller;
    private final Runnable changed;
    private final List<Settled> kept = new ArrayList<>(); // the oldest first
    private int asked;

    /** Tells a sender once. */
    @FunctionalInterface
    interface Teller {
        /**
         * Completes once the sender has answered; fails if it has not.
         *
         * @param endpoints where it was met; none to look for it
         */
        CompletableFuture<?> tell(NodeId sender, List<Endpoint> endpoints, byte[] ticket, Receipt receipt);
    }

    private static final class Settled {
        private final NodeId sender;
        private final byte[] ticket;
        private final Receipt receipt;
        private final long atMillis; // wall time
        private boolean heard;
        private boolean isAsked;
        private int failures;
        private long nextMillis;

        Settled(NodeId sender, byte[] ticket, Receipt receipt, long atMillis, boolean heard) {
            this.sender = sender;
            this.ticket = ticket;
            this.receipt = receipt;
            this.atMillis = atMillis;
            this.heard = heard;
        }

        boolean isOf(NodeId node, byte[] theirTicket) {
            return sender.equals(node) && Arrays.equals(ticket, theirTicket);
        }

        String text() {
            return String.join(
                    " ",
                    sender.toHex(),
                    HexFormat.of().formatHex(ticket),
                    receipt.name(),
                    Long.toString(atMillis),
                    Boolean.toString(heard));
        }

        static Settled read(String text) {
            String[] parts = text.split(" ", 5);
            return new Settled(
                    NodeId.fromHex(parts[0]),
                    HexFormat.of().parseHex(parts[1]),
                    Receipt.valueOf(parts[2]),
                    Long.parseLong(parts[3]),
                    Boolean.parseBoolean(parts[4]));
        }
    }

    /** @param changed is called after {@link #text} has changed because of an answer */
    Settlements(Clock clock, Teller teller, Runnable changed) {
        this.clock = clock;
        this.teller = teller;
        this.changed = changed;
    }

    /** Asks where the sender was met, or else where it can be found. */
    static Teller over(Talks talks, NodeFinder finder) {
        return (sender, endpoints, ticket, receipt) -> {
            CompletableFuture<List<Endpoint>> where =
                    endpoints.isEmpty() ? finder.find(sender) : CompletableFuture.completedFuture(endpoints);
            byte[] step = CodeCodec.encode(new CodeStep.Settle(ticket, receipt));
            return where.thenCompose(found -> talks.ask(PeerId.of(sender), found, Topic.CODE, step))
                    .thenCompose(answered -> {
                        try {
                            return CompletableFuture.completedFuture(CodeCodec.decodeReply(answered.body()));
                        } catch (MalformedException malformed) {
                            return CompletableFuture.failedFuture(malformed);
                        }
                    });
        };
    }

    /** What earlier runs have settled. Once. */
    void restore(String text) {
        kept.addAll(0, text.lines().map(Settled::read).toList());
        forgetOld();
    }

    /** For {@link #restore}. */
    String text() {
        return kept.stream().map(Settled::text).collect(Collectors.joining("\n"));
    }

    /** Remembers it, and tells the sender. Completes after the first attempt; never fails. */
    CompletableFuture<Void> settle(NodeId sender, List<Endpoint> endpoints, byte[] ticket, Receipt receipt) {
        kept.removeIf(one -> one.isOf(sender, ticket));
        Settled settled = new Settled(sender, ticket, receipt, clock.wallMillis(), false);
        kept.add(settled);
        forgetOld();
        return tell(settled, endpoints);
    }

    /** A sender offers something. False if it is not settled; else the sender hears again that it is. */
    boolean again(NodeId sender, byte[] ticket, Endpoint at) {
        forgetOld();
        for (Settled one : kept) {
            if (one.isOf(sender, ticket)) {
                if (!one.isAsked) {
                    var unused = tell(one, List.of(at));
                }
                return true;
            }
        }
        return false;
    }

    /** The sender wants to hear nothing of it any more. */
    void over(NodeId sender, byte[] ticket) {
        kept.stream().filter(one -> one.isOf(sender, ticket)).forEach(this::heard);
    }

    /** Whether a sender has not answered yet. */
    boolean isOpen() {
        return kept.stream().anyMatch(one -> !one.heard);
    }

    /** Tells those again whose turn it is. */
    void look() {
        forgetOld();
        long now = clock.monotonicMillis();
        for (Settled one : List.copyOf(kept)) {
            if (asked < ASKED_MAX && !one.heard && !one.isAsked && now >= one.nextMillis) {
                var unused = tell(one, List.of());
            }
        }
    }

    private CompletableFuture<Void> tell(Settled one, List<Endpoint> endpoints) {
        asked++;
        one.isAsked = true;
        return teller.tell(one.sender, endpoints, one.ticket, one.receipt).handle((answered, failure) -> {
            asked--;
            one.isAsked = false;
            if (failure == null) {
                heard(one);
            } else {
                one.nextMillis = clock.monotonicMillis()
                        + Math.min(AGAIN_MILLIS_MAX, AGAIN_MILLIS_MIN << Math.min(one.failures++, 8));
            }
            return null;
        });
    }

    private void heard(Settled one) {
        if (!one.heard) {
            one.heard = true;
            changed.run();
        }
    }

    private void forgetOld() {
        long now = clock.wallMillis();
        kept.removeIf(one -> Math.abs(now - one.atMillis) > KEPT_MILLIS);
        if (kept.size() > KEPT_MAX) {
            kept.subList(0, kept.size() - KEPT_MAX).clear();
        }
    }
}
