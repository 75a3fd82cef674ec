package io.cairn.transfer.protocol;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session after HELLO, as a state machine without IO: seals outgoing messages, opens incoming ones, and keeps the ledger of requested
 * chunks, so that only requested data is accepted. Every requested chunk is answered once, by its bytes or by REJECT. For one thread.
 */
public final class PeerSession {
    private final SessionEnvelopes envelopes;
    private final NodeId peer;
    private final Map<Asked, Integer> lengths = new LinkedHashMap<>();
    private final Deque<Arriving> announced = new ArrayDeque<>();
    private Map<Key, TraceContext> traces = Map.of();
    private @Nullable TraceContext receivedTrace;
    private int receivedBytes; // of the first announced chunk
    private long announcements;
    private int violations;
    private @Nullable Violation last;
    private boolean broken;

    PeerSession(SessionEnvelopes envelopes, NodeId peer) {
        this.envelopes = envelopes;
        this.peer = peer;
    }

    /** Encodes and signs a message to the peer. Use {@link #want} for a WANT. */
    public byte[] seal(PeerMessage message, long wallMillis) {
        return envelopes.seal(peer, message, traceOf(message), wallMillis);
    }

    /** Sets the trace that the requests of a share carry from now on; null for none. */
    public void trace(Key share, @Nullable TraceContext trace) {
        Map<Key, TraceContext> changed = new LinkedHashMap<>(traces);
        if (trace == null) {
            changed.remove(share);
        } else {
            changed.put(share, trace);
        }
        traces = changed;
    }

    private @Nullable TraceContext traceOf(PeerMessage message) {
        Key share = traces.isEmpty() ? null : tracedShare(message);
        return share == null ? null : traces.get(share);
    }

    /** The share of a message that may be part of a trace; null for other messages. */
    private static @Nullable Key tracedShare(PeerMessage message) {
        if (message instanceof PeerMessage.Want want) {
            return want.share();
        }
        return message instanceof PeerMessage.ManifestRequest request ? request.share() : null;
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
     * Processes a message frame.
     *
     * @return the message; null if it violated the protocol, which has then been counted
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
        receivedTrace = tracedShare(message) != null ? accepted.header().trace() : null;
        if (message instanceof PeerMessage.Hello) {
            return violated(Violation.OUT_OF_PLACE);
        }
        if (message instanceof PeerMessage.Chunks chunks) {
            return announced(chunks);
        }
        if (message instanceof PeerMessage.Reject reject) {
            rejected(reject);
        }
        return message;
    }

    /** The trace that the last message received is part of, if any. */
    public @Nullable TraceContext receivedTrace() {
        return receivedTrace;
    }

    /** The chunk whose bytes arrive next, if one is announced. */
    public @Nullable Arriving arriving() {
        return announced.peekFirst();
    }

    /**
     * Whether this much data may arrive, all of it of the arriving chunk.
     *
     * @param bytes at least 1
     * @return if false, the session is broken
     */
    public boolean expectsData(int bytes) {
        Arriving first = announced.peekFirst();
        if (first == null || bytes > first.length() - receivedBytes) {
            breakWith(Violation.UNASKED_DATA);
            return false;
        }
        return true;
    }

    /** Counts data that was expected. */
    public void dataReceived(int bytes) {
        receivedBytes += bytes;
    }

    /** Whether the arriving chunk is complete; then the next one is arriving. */
    public boolean endChunkIfWhole() {
        Arriving first = announced.peekFirst();
        if (first == null || receivedBytes < first.length()) {
            return false;
        }
        announced.removeFirst();
        receivedBytes = 0;
        return true;
    }

    /** Whether the session must be closed because of the peer's violations. */
    public boolean isBroken() {
        return broken || violations >= ProtocolLimits.VIOLATIONS_MAX;
    }

    /** Gives up on the framing: nothing that follows can be understood. */
    public void breakWith(Violation violation) {
        violated(violation);
        broken = true;
    }

    /** The peer's last violation of the protocol. */
    public @Nullable Violation lastViolation() {
        return last;
    }

    private @Nullable PeerMessage announced(PeerMessage.Chunks chunks) {
        for (int chunk : chunks.chunks()) {
            Integer length = lengths.remove(new Asked(chunks.share(), chunk));
            if (length == null) {
                breakWith(Violation.UNASKED_DATA);
                return null;
            }
            announced.addLast(new Arriving(chunks.share(), chunk, length, announcements++));
        }
        return chunks;
    }

    private void rejected(PeerMessage.Reject reject) {
        boolean whole = reject.chunks().isEmpty();
        Arriving first = announced.peekFirst();
        announced.removeIf(arriving -> arriving.share().equals(reject.share())
                && (whole || reject.chunks().contains(arriving.chunk())));
        if (!Objects.equals(announced.peekFirst(), first)) {
            receivedBytes = 0;
        }
        if (whole) {
            lengths.keySet().removeIf(asked -> asked.share().equals(reject.share()));
        }
        reject.chunks().forEach(chunk -> lengths.remove(new Asked(reject.share(), chunk)));
    }

    private @Nullable PeerMessage violated(Violation violation) {
        violations++;
        last = violation;
        return null;
    }

    /**
     * A chunk that has been announced.
     *
     * @param length in bytes, as requested
     * @param number counts announcements, so that the same chunk announced again is distinct
     */
    public record Arriving(Key share, int chunk, int length, long number) {
        // Written out, as in other records that every start compares: the default is assembled at run time.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Arriving arriving
                    && chunk == arriving.chunk
                    && length == arriving.length
                    && number == arriving.number
                    && share.equals(arriving.share);
        }

        @Override
        public int hashCode() {
            return 31 * share.hashCode() + chunk;
        }
    }

    private record Asked(Key share, int chunk) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked asked && chunk == asked.chunk && share.equals(asked.share);
        }

        @Override
        public int hashCode() {
            return 31 * share.hashCode() + chunk;
        }
    }
}
