package io.cairn.dht.node.request;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.Token;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The node's identity and environment, shared by all its parts. */
public record Local(
        Identity identity,
        NetworkId network,
        Environment environment,
        Envelopes envelopes,
        KademliaLimits limits,
        Traffic traffic) {
    /** The origin of what this node stores with itself, for the quotas. */
    private static final Endpoint HERE = new Endpoint(InetAddress.getLoopbackAddress(), 1);

    /** This node as the sender of what it stores with itself. */
    public Contact asSender() {
        return new Contact(id(), HERE);
    }

    public NodeId id() {
        return identity.nodeId();
    }

    /** Milliseconds that never go back. */
    public long monotonicMillis() {
        return environment.clock().monotonicMillis();
    }

    /** Milliseconds since 1970. */
    public long wallMillis() {
        return environment.clock().wallMillis();
    }

    /** Seals a message of this node, padded to a size. */
    public Packet seal(
            long requestId, @Nullable NodeId recipient, @Nullable Token token, Message message, int bytesMin) {
        Header header = new Header(network, requestId, identity.publicKey(), recipient, wallMillis());
        Datagram datagram = new Datagram(header, token, message);
        return bytesMin == 0
                ? envelopes.seal(datagram)
                : envelopes.sealPadded(datagram, Math.min(bytesMin, Datagram.BYTES_MAX));
    }
}
