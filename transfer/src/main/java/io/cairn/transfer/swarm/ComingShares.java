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
 * Shares that this node remembers and does not serve yet, because their files are still being checked. Peers are told to wait instead of
 * that nothing is here; what they offer is kept and heard again when the share is served. Confined to the loop.
 */
final class ComingShares {
    /** What an offer takes besides its bits. */
    private static final int CLAIM_BYTES = 128;

    private final List<Claim> claims = new ArrayList<>();
    private final Set<Key> coming = new HashSet<>(); // never iterated
    private boolean mayBeAny;
    private int claimBytes;

    /** Any share may be coming, until it is known which. */
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

    /** Keeps what a peer offers until the share is served or will not be; too much is refused as busy, so that the peer asks again. */
    void offered(PeerLink link, Key share, ChunkSet chunks) {
        int bytes = CLAIM_BYTES + chunks.chunkCount() / Byte.SIZE;
        if (claimBytes + bytes > SwarmLimits.WAITING_OFFERS_BYTES_MAX) {
            link.connection().refuse(share, List.of(), RefusalReason.BUSY);
            return;
        }
        claimBytes += bytes;
        claims.add(new Claim(link, share, chunks));
    }

    /** Hands the offers over, those of closed sessions left out, to be heard again. */
    List<Claim> take() {
        List<Claim> kept =
                claims.stream().filter(claim -> !claim.link.isClosed()).toList();
        claims.clear();
        claimBytes = 0;
        return kept;
    }

    record Claim(PeerLink link, Key share, ChunkSet chunks) {}
}
