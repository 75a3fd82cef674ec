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
 * One session as the swarm sees it: the peer's claims, and the shares that we have announced to it. Two sessions with one peer, which arise
 * when both dial at once, are two links. Confined to the loop.
 */
public final class PeerLink {
    private final PeerConnection connection;
    private final Map<Key, ChunkSet> claims = new LinkedHashMap<>();
    private final Set<Key> announced = new LinkedHashSet<>();
    private final Set<Key> proven = new LinkedHashSet<>(); // by the peer; at most the shares with a secret here
    private final Set<Key> everProven = new LinkedHashSet<>(); // with this secret or a former one
    private final Set<Key> shown = new LinkedHashSet<>(); // to the peer
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

    /** The endpoint to ban along with the peer: null if it does not listen, since others may share the address. */
    @Nullable
    Endpoint listening() {
        return connection.isDialled() ? connection.remote() : connection.listening();
    }

    /** Announces our chunks, unless this peer already got them. */
    public void announce(Key share, ChunkSet have) {
        if (announced.add(share)) {
            connection.offer(share, have);
        }
    }

    public boolean isAnnounced(Key share) {
        return announced.contains(share);
    }

    /** The peer's claim for a share; null if it has made none. */
    @Nullable
    public ChunkSet claim(Key share) {
        return claims.get(share);
    }

    public void claims(Key share, ChunkSet chunks) {
        claims.put(share, chunks);
    }

    /** Adds to a claim. Numbers beyond the share's chunks are ignored. */
    public void claimsMore(Key share, List<Integer> chunks) {
        ChunkSet known = claims.get(share);
        if (known != null) {
            BitSet bits = known.toBitSet();
            chunks.stream().filter(chunk -> chunk < known.chunkCount()).forEach(bits::set);
            claims.put(share, ChunkSet.of(bits, known.chunkCount()));
        }
    }

    /** One of the two no longer has this share; a peer that gets it later announces it then. */
    public void forget(Key share) {
        claims.remove(share);
        announced.remove(share);
    }

    /** Whether the peer has proven that it has the secret of a share. */
    public boolean hasProven(Key share) {
        return proven.contains(share);
    }

    /** Whether the peer has proven in this session that it has the secret of a share, or a former one. */
    public boolean hasEverProven(Key share) {
        return everProven.contains(share);
    }

    void proves(Key share) {
        proven.add(share);
        everProven.add(share);
    }

    /** Whether this node has proven to the peer that it has the secret of a share. */
    boolean isShown(Key share) {
        return shown.contains(share);
    }

    /** Notes that this node proves it now; false if it has before. */
    boolean shows(Key share) {
        return shown.add(share);
    }

    /** The peer does not accept the secret: another may follow. */
    public void hides(Key share) {
        shown.remove(share);
    }

    /** The secret of a share is no longer what it was: forgets all about the share. Returns whether the peer knew of it. */
    public boolean revoke(Key share) {
        boolean hadProven = proven.remove(share);
        boolean wasTold = announced.contains(share);
        shown.remove(share);
        forget(share);
        return hadProven || wasTold;
    }

    /**
     * Notes the traffic since the last call.
     *
     * @param sending whether chunks are being sent to the peer
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

    /** When a received byte was last seen. */
    public long lastReceivedMillis() {
        return lastReceivedMillis;
    }

    /** When a sent byte was last seen. */
    long lastSentMillis() {
        return lastSentMillis;
    }

    /** When the peer last accepted data, or there was none to accept. */
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
