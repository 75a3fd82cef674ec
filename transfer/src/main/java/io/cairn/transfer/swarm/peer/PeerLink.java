package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session as the swarm sees it: what the peer says it has, and of which shares we have told it. Two sessions with one peer, as they
 * come about when both dial at once, are two links. Confined to the loop.
 */
public final class PeerLink {
    private final PeerConnection connection;
    private final Map<Key, ChunkSet> claims = new LinkedHashMap<>();
    private final Set<Key> announced = new LinkedHashSet<>();
    private long lastReceivedBytes;
    private long lastReceivedMillis;
    private long lastSentBytes;
    private long lastSentMillis;
    private long takesMillis;
    private boolean closed;

    PeerLink(PeerConnection connection, long nowMillis) {
        this.connection = connection;
        this.lastReceivedMillis = nowMillis;
        this.lastSentMillis = nowMillis;
        this.takesMillis = nowMillis;
    }

    public PeerId peer() {
        return connection.peer();
    }

    public PeerConnection connection() {
        return connection;
    }

    /** Where the peer can be reached, as far as known. */
    public Endpoint endpoint() {
        Endpoint listening = connection.listening();
        return listening == null || connection.isDialled() ? connection.remote() : listening;
    }

    /** What to ban with the peer: nothing where it does not listen, since others may share the address. */
    @Nullable
    Endpoint listening() {
        return connection.isDialled() ? connection.remote() : connection.listening();
    }

    /** Tells what we have, unless we have told this peer already. */
    public void announce(Key share, ChunkSet have) {
        if (announced.add(share)) {
            connection.offer(share, have);
        }
    }

    public boolean isAnnounced(Key share) {
        return announced.contains(share);
    }

    /** What the peer says it has of a share; null if it has said nothing. */
    @Nullable
    public ChunkSet claim(Key share) {
        return claims.get(share);
    }

    public void claims(Key share, ChunkSet chunks) {
        claims.put(share, chunks);
    }

    /** Adds to a claim. Numbers beyond the share's chunks are passed over. */
    public void claimsMore(Key share, List<Integer> chunks) {
        ChunkSet known = claims.get(share);
        if (known != null) {
            BitSet bits = known.toBitSet();
            chunks.stream().filter(chunk -> chunk < known.chunkCount()).forEach(bits::set);
            claims.put(share, ChunkSet.of(bits, known.chunkCount()));
        }
    }

    /** One of the two does not have this share any more: whoever has it later tells anew. */
    public void forget(Key share) {
        claims.remove(share);
        announced.remove(share);
    }

    /**
     * Takes note of what has moved since the last time.
     *
     * @param sending whether the peer is being sent chunks
     */
    void observe(boolean sending, long nowMillis) {
        if (!sending || connection.sentBytes() != lastSentBytes) {
            takesMillis = nowMillis;
        }
        if (connection.receivedBytes() != lastReceivedBytes) {
            lastReceivedBytes = connection.receivedBytes();
            lastReceivedMillis = nowMillis;
        }
        if (connection.sentBytes() != lastSentBytes) {
            lastSentBytes = connection.sentBytes();
            lastSentMillis = nowMillis;
        }
    }

    /** When a byte was last seen to come. */
    public long lastReceivedMillis() {
        return lastReceivedMillis;
    }

    /** When a byte was last seen to go. */
    long lastSentMillis() {
        return lastSentMillis;
    }

    /** When the peer last took something, or had nothing to take. */
    long takesMillis() {
        return takesMillis;
    }

    public boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }
}
