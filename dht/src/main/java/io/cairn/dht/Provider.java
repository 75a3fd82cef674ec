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
 * @param publishedMillis when it was made, by the provider's clock, likewise; 0 if unknown
 * @param heardAt how many of the endpoints, the first ones, are where it was itself heard
 */
public record Provider(
        PublicKey publicKey, List<Endpoint> endpoints, long expiryMillis, long publishedMillis, int heardAt) {
    /** Most endpoints that one provider may name. */
    public static final int ENDPOINTS_MAX = 8;

    public Provider {
        endpoints = List.copyOf(endpoints);
    }

    /** A provider of which only this is known. */
    public Provider(PublicKey publicKey, List<Endpoint> endpoints, long expiryMillis) {
        this(publicKey, endpoints, expiryMillis, 0, 0);
    }

    public NodeId id() {
        return publicKey.nodeId();
    }
}
