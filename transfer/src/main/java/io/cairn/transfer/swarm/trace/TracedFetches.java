package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.trace.Tracer;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins a trace for each fetch; its dials are steps of it. Confined to the loop. */
public final class TracedFetches implements FetchTraces {
    /** Most dials of one fetch that get a span. */
    private static final int DIALS_MAX = 256;

    private final Tracer tracer;
    private final TracedKeys keys;
    private final TracedConnections connections;

    /**
     * @param keys of the fetches, for the look-ups and sessions that serve them
     * @param connections those of the same node
     */
    public TracedFetches(Tracer tracer, TracedKeys keys, TracedConnections connections) {
        this.tracer = tracer;
        this.keys = keys;
        this.connections = connections;
    }

    @Override
    public FetchListener begin(Key share, FetchListener listener) {
        Span fetch = tracer.begin("fetch").with("cairn.hash", share.toHex());
        return keys.begin(share, fetch) ? new Listening(fetch, listener) : listener;
    }

    @Override
    public void ended(Key share, FetchOutcome outcome) {
        Span fetch = keys.of(share);
        if (fetch != null) {
            keys.end(share);
            connections.fetchEnded(share);
            if (outcome instanceof FetchOutcome.Completed completed) {
                fetch.with("cairn.chunks.bad", completed.badChunks())
                        .with("cairn.peers", completed.peers().size())
                        .end();
            } else {
                fetch.with("error.type", outcome.getClass().getSimpleName())
                        .fail(outcome.getClass().getSimpleName());
            }
        }
    }

    /** Passes everything on, and makes a span of each dial. */
    private static final class Listening implements FetchListener {
        private final Span fetch;
        private final FetchListener listener;
        private final Map<Endpoint, Span> dials = new LinkedHashMap<>();
        private int dialled;

        Listening(Span fetch, FetchListener listener) {
            this.fetch = fetch;
            this.listener = listener;
        }

        @Override
        public void lookup(int asked, int answered, int providers) {
            listener.lookup(asked, answered, providers);
        }

        @Override
        public void manifest(Manifest manifest, PeerId from, long resumedBytes) {
            fetch.with("cairn.bytes", manifest.totalBytes())
                    .with("cairn.chunks", manifest.chunkCount())
                    .with("cairn.bytes.resumed", resumedBytes);
            listener.manifest(manifest, from, resumedBytes);
        }

        @Override
        public void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {
            dial(peer, endpoint, state, reason);
            listener.peerChanged(peer, endpoint, state, reason);
        }

        @Override
        public void denied(PeerId peer, Endpoint endpoint) {
            listener.denied(peer, endpoint);
        }

        @Override
        public void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {
            listener.chunkBad(chunk, peer, endpoint);
        }

        @Override
        public void verified(int chunks) {
            listener.verified(chunks);
        }

        private void dial(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {
            if (state == PeerState.CONNECTING) {
                if (dialled < DIALS_MAX && !dials.containsKey(endpoint)) {
                    dialled++;
                    dials.put(endpoint, begun(peer, endpoint));
                }
                return;
            }
            Span dial = dials.remove(endpoint);
            if (dial == null) {
                return;
            }
            if (state == PeerState.FAILED) {
                dial.fail(reason);
            } else {
                dial.end();
            }
        }

        private Span begun(@Nullable PeerId peer, Endpoint endpoint) {
            Span dial = fetch.child("dial", Span.Kind.CLIENT)
                    .with("network.transport", "tcp")
                    .with("server.address", endpoint.address().getHostAddress())
                    .with("server.port", endpoint.port());
            return peer == null ? dial : dial.with("cairn.peer.id", peer.toString());
        }
    }
}
