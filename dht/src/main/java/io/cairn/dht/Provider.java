package io.cairn.dht;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.List;

/**
 * A peer that states, signed, that it serves a key.
 *
 * @param endpoints where to reach it: first where it was itself heard, then at most {@value #ENDPOINTS_MAX} that it names, in its own
 *     order, without those that are not believed given who reported them ({@link io.cairn.dht.id.AddressScope#isBelieved})
 * @param expiryMillis when the statement expires, wall-clock milliseconds since 1970
 */
public record Provider(PublicKey publicKey, List<Endpoint> endpoints, long expiryMillis) {
    /** Most endpoints that one provider may name. */
    public static final int ENDPOINTS_MAX = 8;

    public Provider {
        endpoints = List.copyOf(endpoints);
    }

    public NodeId id() {
        return publicKey.nodeId();
    }
}
