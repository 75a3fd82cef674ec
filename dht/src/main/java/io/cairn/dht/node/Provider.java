package io.cairn.dht.node;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.List;

/**
 * Somebody who says, signed, that it serves a key.
 *
 * @param endpoints where to reach it, its own preference first, at most {@value #ENDPOINTS_MAX}
 * @param expiryMillis until when it says so, wall-clock milliseconds since 1970
 */
public record Provider(PublicKey publicKey, List<Endpoint> endpoints, long expiryMillis) {
    /** Most endpoints of one provider. */
    public static final int ENDPOINTS_MAX = 8;

    public Provider {
        endpoints = List.copyOf(endpoints);
    }

    public NodeId id() {
        return publicKey.nodeId();
    }
}
