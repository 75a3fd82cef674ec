package io.cairn.transfer.protocol;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One peer's session after HELLO, as a state machine without IO: seals what is said, opens what is heard, and keeps the ledger of
 * chunks asked for, so that only asked-for data is ever taken in. Every asked-for chunk is answered once, by CHUNK or REJECT.
 * For one thread.
 */
public final class PeerSession {
    private final SessionEnvelopes envelopes;
    private final NodeId peer;
    private final Map<Asked, Integer> lengths = new LinkedHashMap<>();
    private PeerMessage.@Nullable Chunk arriving;
    private int missingBytes;
    private int violations;
    private @Nullable Violation last;
    private boolean broken;

    PeerSession(SessionEnvelopes envelopes, NodeId peer) {
        this.envelopes = envelopes;
        this.peer = peer;
    }

    public NodeId peer() {
        return peer;
    }

    /** Encodes and signs a message to the peer. Use {@link #want} for a WANT. */
    public byte[] seal(PeerMessage message, long wallMillis) {
        return envelopes.seal(peer, message, wallMillis);
    }

    /**
     * Seals a WANT and enters it in the ledger.
     *
     * @param lengths of the chunks in bytes, in the same order
     */
    public byte[] want(Key share, List<Integer> chunks, List<Integer> lengths, long wallMillis) {
        for (int i = 0; i < chunks.size(); i++) {
            this.lengths.put(new Asked(share, chunks.get(i)), lengths.get(i));
        }
        return seal(new PeerMessage.Want(share, chunks), wallMillis);
    }

    /**
     * Takes in a message frame.
     *
     * @return what was said; null if it was against the protocol: then it has been counted
     */
    public @Nullable PeerMessage received(byte[] frame, long wallMillis) {
        SessionEnvelopes.Opened opened = envelopes.open(frame, peer, wallMillis);
        if (opened instanceof SessionEnvelopes.Opened.Refused refused) {
            return violated(refused.violation());
        }
        SessionEnvelopes.Opened.Accepted accepted = (SessionEnvelopes.Opened.Accepted) opened;
        if (accepted.header().recipient() == null) {
            return violated(Violation.WRONG_RECIPIENT);
        }
        PeerMessage message = accepted.message();
        if (message instanceof PeerMessage.Hello) {
            return violated(Violation.OUT_OF_PLACE);
        }
        if (message instanceof PeerMessage.Chunk chunk) {
            return begin(chunk);
        }
        if (message instanceof PeerMessage.Reject reject) {
            rejected(reject);
        }
        return message;
    }

    /** The chunk whose bytes are arriving, if any. */
    public PeerMessage.@Nullable Chunk arriving() {
        return arriving;
    }

    /**
     * Takes note of data.
     *
     * @return whether it belongs to the arriving chunk; if not, the session is broken
     */
    public boolean dataReceived(int bytes) {
        if (arriving == null || bytes > missingBytes) {
            breakWith(Violation.UNASKED_DATA);
            return false;
        }
        missingBytes -= bytes;
        return true;
    }

    /** Whether the arriving chunk has arrived; then it is no longer arriving. */
    public boolean endChunkIfWhole() {
        if (arriving == null || missingBytes > 0) {
            return false;
        }
        arriving = null;
        return true;
    }

    /** Whether the session has to be closed because of what the peer did. */
    public boolean isBroken() {
        return broken || violations >= ProtocolLimits.VIOLATIONS_MAX;
    }

    /** Ends the session's trust in the framing: nothing that follows can be understood. */
    public void breakWith(Violation violation) {
        violated(violation);
        broken = true;
    }

    /** Messages against the protocol so far. */
    public int violations() {
        return violations;
    }

    /** The last thing the peer did against the protocol. */
    public @Nullable Violation lastViolation() {
        return last;
    }

    private @Nullable PeerMessage begin(PeerMessage.Chunk chunk) {
        Integer length = lengths.remove(new Asked(chunk.share(), chunk.chunk()));
        if (arriving != null || length == null || length != chunk.length()) {
            breakWith(Violation.UNASKED_DATA);
            return null;
        }
        arriving = chunk;
        missingBytes = chunk.length();
        return chunk;
    }

    private void rejected(PeerMessage.Reject reject) {
        if (arriving != null
                && arriving.share().equals(reject.share())
                && (reject.chunks().isEmpty() || reject.chunks().contains(arriving.chunk()))) {
            arriving = null;
        }
        if (reject.chunks().isEmpty()) {
            lengths.keySet().removeIf(asked -> asked.share().equals(reject.share()));
        }
        reject.chunks().forEach(chunk -> lengths.remove(new Asked(reject.share(), chunk)));
    }

    private @Nullable PeerMessage violated(Violation violation) {
        violations++;
        last = violation;
        return null;
    }

    private record Asked(Key share, int chunk) {}
}
