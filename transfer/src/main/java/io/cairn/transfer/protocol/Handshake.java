package io.cairn.transfer.protocol;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.NetworkId;
import java.security.MessageDigest;
import java.util.List;
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
    private final @Nullable NetworkKeys keys;
    private final SessionEnvelopes envelopes;

    /** In an open network; as the other constructor. */
    public Handshake(Identity self, NetworkId network, Fingerprint ownCertificate, Fingerprint seenCertificate) {
        this(self, network, null, ownCertificate, seenCertificate);
    }

    /**
     * @param keys of the private network; null in an open one
     * @param ownCertificate what this side presented
     * @param seenCertificate what the other side presented
     */
    public Handshake(
            Identity self,
            NetworkId network,
            @Nullable NetworkKeys keys,
            Fingerprint ownCertificate,
            Fingerprint seenCertificate) {
        this.self = self;
        this.keys = keys;
        this.ownCertificate = ownCertificate;
        this.seenCertificate = seenCertificate;
        this.envelopes = new SessionEnvelopes(self, network);
    }

    /**
     * This side's HELLO, sealed.
     *
     * @param recipient null if the dialler does not know the peer's id, which it must in a private network
     * @param port where this node listens, 0 if nowhere
     */
    public byte[] hello(@Nullable NodeId recipient, int port, String agent, long wallMillis) {
        List<NetworkProof> proofs = keys == null || recipient == null
                ? List.of()
                : NetworkProof.of(keys, ownCertificate, seenCertificate, self.nodeId(), recipient);
        return envelopes.seal(
                recipient, new PeerMessage.Hello(ownCertificate, seenCertificate, port, agent, proofs), wallMillis);
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
        if ((dialled || keys != null) && accepted.header().recipient() == null) {
            return new Refused(Violation.WRONG_RECIPIENT);
        }
        if (!hello.ownCertificate().equals(seenCertificate)
                || !hello.peerCertificate().equals(ownCertificate)) {
            return new Refused(Violation.WRONG_CERTIFICATE);
        }
        if (accepted.sender().nodeId().equals(self.nodeId())) {
            return new Refused(Violation.SELF);
        }
        return hasKey(hello, accepted.sender().nodeId())
                ? new Greeted(accepted.sender(), hello)
                : new Refused(Violation.OTHER_NETWORK);
    }

    private boolean hasKey(PeerMessage.Hello hello, NodeId sender) {
        return keys == null
                || NetworkProof.of(keys, seenCertificate, ownCertificate, sender, self.nodeId()).stream()
                        .anyMatch(expected -> hello.proofs().stream()
                                .anyMatch(given -> MessageDigest.isEqual(expected.toBytes(), given.toBytes())));
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
