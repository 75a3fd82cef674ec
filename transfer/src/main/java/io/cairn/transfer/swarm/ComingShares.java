package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shares that this node remembers but does not serve yet, because their files are still being checked. Peers are asked to wait instead of
 * being refused; their offers are kept and processed once the share is served. Confined to the loop.
 */
final class ComingShares {
    /** Bytes of an offer besides its bits. */
    private static final int CLAIM_BYTES = 128;

    private final List<Claim> claims = new ArrayList<>();
    private final Set<Key> coming = new HashSet<>(); // never iterated
    private boolean mayBeAny;
    private int claimBytes;

    /** Treats every share as coming until {@link #coming} names those that are. */
    void mayBeAny() {
        mayBeAny = true;
    }

    void are(Collection<Key> shares) {
        mayBeAny = false;
        coming.clear();
        coming.addAll(shares);
    }

    void noMore(Collection<Key> shares) {
        shares.forEach(coming::remove);
    }

    boolean contains(Key share) {
        return mayBeAny || coming.contains(share);
    }

    /** Keeps a peer's offer until the share is served or dropped; beyond the limit it is refused as busy, so that the peer asks again. */
    void offered(PeerLink link, Key share, ChunkSet chunks) {
        int bytes = CLAIM_BYTES + chunks.chunkCount() / Byte.SIZE;
        if (claimBytes + bytes > SwarmLimits.WAITING_OFFERS_BYTES_MAX) {
            link.connection().refuse(share, List.of(), RefusalReason.BUSY);
            return;
        }
        claimBytes += bytes;
        claims.add(new Claim(link, share, chunks));
    }

    /** Removes and returns the kept offers, without those of closed sessions. */
    List<Claim> take() {
        List<Claim> kept =
                claims.stream().filter(claim -> !claim.link.isClosed()).toList();
        claims.clear();
        claimBytes = 0;
        return kept;
    }

    record Claim(PeerLink link, Key share, ChunkSet chunks) {}
}
