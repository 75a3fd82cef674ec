package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.trace.Span;
import io.cairn.transfer.swarm.port.PeerConnection;

/** The names in the spans of sessions: OpenTelemetry's where it has one, else with the prefix {@code cairn}. */
final class PeerSpans {
    static final String MANIFEST = "ManifestRequest";
    static final String WANT = "Want";

    static final String BYTES = "cairn.bytes";
    static final String WANTED = "cairn.chunks.wanted";
    static final String DELIVERED = "cairn.chunks.delivered";
    static final String REFUSED = "cairn.chunks.refused";

    private static final String SERVICE = "cairn.Peer";

    private PeerSpans() {}

    static String name(String method) {
        return SERVICE + "/" + method;
    }

    static Span describe(Span span, String method, PeerConnection connection) {
        Endpoint remote = connection.remote();
        return span.with("rpc.system", "cairn")
                .with("rpc.service", SERVICE)
                .with("rpc.method", method)
                .with("network.transport", "tcp")
                .with("network.peer.address", remote.address().getHostAddress())
                .with("network.peer.port", remote.port())
                .with("cairn.peer.id", connection.peer().toString());
    }
}
