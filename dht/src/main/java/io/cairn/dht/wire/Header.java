package io.cairn.dht.wire;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The header of an envelope.
 *
 * @param network the network of both sides
 * @param requestId chosen by the asker, echoed by the answer
 * @param sender the key that signed; its SHA-1 is the sender's node id
 * @param recipient the node it is for; null only in a first contact, when the recipient's id is unknown
 * @param timeMillis the sender's wall clock, milliseconds since 1970
 * @param trace the trace that a request is part of; null unless its sender has tracing on
 */
public record Header(
        NetworkId network,
        long requestId,
        PublicKey sender,
        @Nullable NodeId recipient,
        long timeMillis,
        @Nullable TraceContext trace) {
    /** A header without a trace. */
    public Header(NetworkId network, long requestId, PublicKey sender, @Nullable NodeId recipient, long timeMillis) {
        this(network, requestId, sender, recipient, timeMillis, null);
    }

    /** The same header as part of a trace. */
    public Header tracedBy(TraceContext context) {
        return new Header(network, requestId, sender, recipient, timeMillis, context);
    }
}
