package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node answers to one peer whose traces it follows: one span for a manifest, and one for all chunks that the peer requests until
 * every request is answered. Confined to the loop.
 */
final class AnswerSpans {
    /** Most shares with an open span in one session. */
    private static final int SHARES_MAX = 64;

    private final PeerConnection connection;
    private final TracedConnections.Tracing tracing;
    private final Map<Key, Span> manifests = new LinkedHashMap<>();
    private final Map<Key, Serving> servings = new LinkedHashMap<>();
    private @Nullable TraceContext next;

    AnswerSpans(PeerConnection connection, TracedConnections.Tracing tracing) {
        this.connection = connection;
        this.tracing = tracing;
    }

    /** Chunks of one share under way to the peer. */
    private static final class Serving {
        final Span span;
        int unanswered;

        Serving(Span span) {
            this.span = span;
        }
    }

    /** The next request is part of this trace. */
    void traced(TraceContext trace) {
        next = trace;
    }

    void manifestRequested(Key share) {
        TraceContext trace = takeNext();
        if (trace != null && !manifests.containsKey(share) && manifests.size() < SHARES_MAX) {
            Span span = follow(trace, share, PeerSpans.MANIFEST);
            if (span != null) {
                manifests.put(share, span);
            }
        }
    }

    void blocksRequested(Key share, int blocks) {
        TraceContext trace = takeNext();
        Serving serving = servings.get(share);
        if (serving == null && trace != null && servings.size() < SHARES_MAX) {
            Span span = follow(trace, share, PeerSpans.WANT);
            if (span != null) {
                serving = new Serving(span);
                servings.put(share, serving);
            }
        }
        if (serving != null) {
            serving.span.add(PeerSpans.WANTED, blocks);
            serving.unanswered += blocks;
        }
    }

    void manifestDelivered(ManifestPiece piece) {
        Span span = manifests.get(piece.share());
        if (span != null) {
            span.add(PeerSpans.BYTES, piece.bytes().length);
            if (piece.offset() + (long) piece.bytes().length >= piece.total()) {
                span.end();
                manifests.remove(piece.share());
            }
        }
    }

    /** A requested block has been sent, or could not be read. */
    void delivered(Key share, int bytes, @Nullable Throwable failure) {
        Serving serving = servings.get(share);
        if (serving != null) {
            if (failure == null) {
                serving.span.add(PeerSpans.DELIVERED, 1).add(PeerSpans.BYTES, bytes);
            } else {
                serving.span.add(PeerSpans.REFUSED, 1);
            }
            answered(share, serving, 1);
        }
    }

    /** @param blocks how many; 0 for the whole share */
    void refused(Key share, int blocks, RefusalReason reason) {
        Span manifest = blocks == 0 ? manifests.remove(share) : null;
        if (manifest != null) {
            manifest.fail(reason.name());
        }
        Serving serving = servings.get(share);
        if (serving != null) {
            serving.span.add(PeerSpans.REFUSED, blocks);
            answered(share, serving, blocks == 0 ? serving.unanswered : blocks);
        }
    }

    void closed(String reason) {
        manifests.values().forEach(span -> span.fail(reason));
        servings.values().forEach(serving -> serving.span.fail(reason));
        manifests.clear();
        servings.clear();
    }

    private void answered(Key share, Serving serving, int blocks) {
        serving.unanswered -= blocks;
        if (serving.unanswered <= 0) {
            serving.span.end();
            servings.remove(share);
        }
    }

    private @Nullable TraceContext takeNext() {
        TraceContext trace = next;
        next = null;
        return trace;
    }

    private @Nullable Span follow(TraceContext trace, Key share, String method) {
        NodeId node = connection.peer().node();
        if (node == null
                || !tracing.foreign().follows(node, trace, tracing.clock().monotonicMillis())) {
            return null;
        }
        Span span = tracing.tracer().child(trace, PeerSpans.name(method), Span.Kind.SERVER);
        return PeerSpans.describe(span, method, connection).with("cairn.hash", share.toHex());
    }
}
