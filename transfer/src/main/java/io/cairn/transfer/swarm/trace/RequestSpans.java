package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Key;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this node requests from one peer for its traced fetches: one span for the manifest and one for all chunks of a fetch. The requests
 * carry the span that they belong to. Confined to the loop.
 */
final class RequestSpans {
    private final PeerConnection connection;
    private final TracedKeys fetches;
    private final Set<Key> carried = new LinkedHashSet<>();
    private final Map<Key, Span> manifests = new LinkedHashMap<>();
    private final Map<Key, Span> chunks = new LinkedHashMap<>();

    RequestSpans(PeerConnection connection, TracedKeys fetches) {
        this.connection = connection;
        this.fetches = fetches;
    }

    void manifestRequested(Key share) {
        carry(manifests, share, PeerSpans.MANIFEST);
    }

    void blocksRequested(Key share, int blocks) {
        Span span = carry(chunks, share, PeerSpans.WANT);
        if (span != null) {
            span.add(PeerSpans.WANTED, blocks);
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

    void delivered(ReceivedBlock block) {
        Span span = chunks.get(block.share());
        if (span != null) {
            span.add(PeerSpans.DELIVERED, 1).add(PeerSpans.BYTES, block.length());
        }
    }

    /** @param blocks how many; 0 for the whole share */
    void refused(Key share, int blocks, RefusalReason reason) {
        Span manifest = blocks == 0 ? manifests.remove(share) : null;
        Span span = chunks.get(share);
        if (manifest != null) {
            manifest.fail(reason.name());
        }
        if (span != null) {
            span.add(PeerSpans.REFUSED, blocks);
        }
    }

    void fetchEnded(Key share) {
        if (carried.remove(share)) {
            connection.trace(share, null);
            end(manifests.remove(share));
            end(chunks.remove(share));
        }
    }

    void closed(String reason) {
        manifests.values().forEach(span -> span.fail(reason));
        chunks.values().forEach(span -> span.fail(reason));
        manifests.clear();
        chunks.clear();
    }

    private @Nullable Span carry(Map<Key, Span> spans, Key share, String method) {
        Span fetch = fetches.of(share);
        if (fetch == null) {
            return null;
        }
        Span span = spans.computeIfAbsent(
                share,
                key -> PeerSpans.describe(fetch.child(PeerSpans.name(method), Span.Kind.CLIENT), method, connection));
        carried.add(share);
        connection.trace(share, span.context());
        return span;
    }

    private static void end(@Nullable Span span) {
        if (span != null) {
            span.end();
        }
    }
}
