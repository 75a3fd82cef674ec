package io.cairn.transfer.protocol;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.NetworkId;
import org.jspecify.annotations.Nullable;

/**
 * The start of a session, without IO: one HELLO each way. TLS has accepted any certificate; here both sides prove with their node keys
 * which certificates they see, which excludes a man in the middle. The dialler sends first and the accepter answers, so the accepter
 * reveals nothing to a stranger of another network.
 */
public final class Handshake {
    private final Identity self;
    private final Fingerprint ownCertificate;
    private final Fingerprint seenCertificate;
    private final SessionEnvelopes envelopes;

    /**
     * @param ownCertificate what this side presented
     * @param seenCertificate what the other side presented
     */
    public Handshake(Identity self, NetworkId network, Fingerprint ownCertificate, Fingerprint seenCertificate) {
        this.self = self;
        this.ownCertificate = ownCertificate;
        this.seenCertificate = seenCertificate;
        this.envelopes = new SessionEnvelopes(self, network);
    }

    /**
     * This side's HELLO, sealed.
     *
     * @param recipient null if the dialler does not know the peer's id
     * @param port where this node listens, 0 if nowhere
     */
    public byte[] hello(@Nullable NodeId recipient, int port, String agent, long wallMillis) {
        return envelopes.seal(
                recipient, new PeerMessage.Hello(ownCertificate, seenCertificate, port, agent), wallMillis);
    }

    /**
     * Checks the other side's HELLO.
     *
     * @param expected the peer's required id; null for any
     * @param dialled whether this side dialled: then the answer must name this node as its recipient
     */
    public Outcome received(byte[] frame, @Nullable NodeId expected, boolean dialled, long wallMillis) {
        SessionEnvelopes.Opened opened = envelopes.open(frame, expected, wallMillis);
        if (opened instanceof SessionEnvelopes.Opened.Refused refused) {
            return new Refused(refused.violation());
        }
        SessionEnvelopes.Opened.Accepted accepted = (SessionEnvelopes.Opened.Accepted) opened;
        if (!(accepted.message() instanceof PeerMessage.Hello hello)) {
            return new Refused(Violation.OUT_OF_PLACE);
        }
        if (dialled && accepted.header().recipient() == null) {
            return new Refused(Violation.WRONG_RECIPIENT);
        }
        if (!hello.ownCertificate().equals(seenCertificate)
                || !hello.peerCertificate().equals(ownCertificate)) {
            return new Refused(Violation.WRONG_CERTIFICATE);
        }
        if (accepted.sender().nodeId().equals(self.nodeId())) {
            return new Refused(Violation.SELF);
        }
        return new Greeted(accepted.sender(), hello);
    }

    /** The session that follows; both HELLOs have been exchanged. */
    public PeerSession session(PublicKey peer) {
        return new PeerSession(envelopes, peer.nodeId());
    }

    /** The result of checking a HELLO. */
    public sealed interface Outcome {}

    /** The other side has proven its identity on this very TLS session. */
    public record Greeted(PublicKey peer, PeerMessage.Hello hello) implements Outcome {}

    /** The other side is not admitted, and gets no reason. */
    public record Refused(Violation violation) implements Outcome {}
}
