package io.cairn.dht;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.List;

/**
 * Somebody who says, signed, that it serves a key.
 *
 * @param endpoints where to reach it: first where it was itself heard, then at most {@value #ENDPOINTS_MAX} that it names, in its
 *     own order, without those that are not believed on the word of who told ({@link io.cairn.dht.id.AddressScope#isBelieved})
 * @param expiryMillis until when it says so, wall-clock milliseconds since 1970
 */
public record Provider(PublicKey publicKey, List<Endpoint> endpoints, long expiryMillis) {
    /** Most endpoints that one provider names. */
    public static final int ENDPOINTS_MAX = 8;

    public Provider {
        endpoints = List.copyOf(endpoints);
    }

    public NodeId id() {
        return publicKey.nodeId();
    }
}
