package io.cairn.transfer.protocol;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SignedEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Signs outgoing messages and checks incoming ones. Request ids increase in each direction, so a message counts once. Sealing costs a
 * signature (26 microseconds), opening a verification (63). For one thread.
 */
final class SessionEnvelopes {
    private final Identity self;
    private final NetworkId network;
    private long lastSent;
    private long lastReceived;

    SessionEnvelopes(Identity self, NetworkId network) {
        this.self = self;
        this.network = network;
    }

    NodeId self() {
        return self.nodeId();
    }

    /** Encodes and signs; the recipient is null only in a HELLO to a node whose id is unknown. */
    byte[] seal(@Nullable NodeId recipient, PeerMessage message, long wallMillis) {
        return seal(recipient, message, null, wallMillis);
    }

    /** @param trace the trace that the message is part of, if any */
    byte[] seal(@Nullable NodeId recipient, PeerMessage message, @Nullable TraceContext trace, long wallMillis) {
        Header header = new Header(network, ++lastSent, self.publicKey(), recipient, wallMillis, trace);
        return SignedEnvelope.seal(self, header, PeerMessageCodec.encode(message));
    }

    /**
     * Opens an envelope for this node; the cheap checks come before the signature.
     *
     * @param expected the required sender; null for any
     */
    Opened open(byte[] frame, @Nullable NodeId expected, long wallMillis) {
        try {
            SignedEnvelope.Unverified unverified = SignedEnvelope.decode(frame);
            Violation violation = violation(unverified.claimedHeader(), expected, wallMillis);
            if (violation != null) {
                return new Opened.Refused(violation);
            }
            SignedEnvelope envelope = unverified.verify();
            if (envelope == null) {
                return new Opened.Refused(Violation.BAD_SIGNATURE);
            }
            lastReceived = envelope.header().requestId();
            return new Opened.Accepted(envelope.header(), PeerMessageCodec.decode(envelope.payload()));
        } catch (MalformedException malformed) {
            return new Opened.Refused(
                    malformed instanceof MalformedException.OtherVersion
                            ? Violation.OTHER_VERSION
                            : Violation.MALFORMED);
        }
    }

    private @Nullable Violation violation(Header header, @Nullable NodeId expected, long wallMillis) {
        if (!header.network().equals(network)) {
            return Violation.OTHER_NETWORK;
        }
        if (header.recipient() != null && !header.recipient().equals(self())) {
            return Violation.WRONG_RECIPIENT;
        }
        if (expected != null && !header.sender().nodeId().equals(expected)) {
            return Violation.WRONG_SENDER;
        }
        if (Math.abs(wallMillis - header.timeMillis()) > ProtocolLimits.TIME_WINDOW_MILLIS) {
            return Violation.STALE;
        }
        return header.requestId() <= lastReceived ? Violation.REPLAYED : null;
    }

    /** The result of opening an envelope. */
    sealed interface Opened {
        /** Its sender is genuine; it is for this node, new and well-formed. */
        record Accepted(Header header, PeerMessage message) implements Opened {
            PublicKey sender() {
                return header.sender();
            }
        }

        record Refused(Violation violation) implements Opened {}
    }
}
