package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import io.cairn.transfer.protocol.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Shares that this node remembers and does not serve yet, since their files are still being looked at. Peers are told to wait instead of
 * that nothing is here; what they say they have is heard again when the share is served. Confined to the loop.
 */
final class ComingShares {
    /** What is kept of peers' claims, in bytes: peers may name any share and any number of chunks. */
    private static final int CLAIM_BYTES_MAX = 1 << 20;

    /** What a claim takes besides its bits. */
    private static final int CLAIM_BYTES = 128;

    private final List<Claim> claims = new ArrayList<>();
    private Predicate<Key> coming = share -> false;
    private int claimBytes;

    void are(Predicate<Key> shares) {
        coming = shares;
    }

    boolean contains(Key share) {
        return coming.test(share);
    }

    /** Keeps what a peer says it has until the share is served or gone; told to ask again where too much is kept. */
    void claimed(PeerLink link, PeerMessage.Have have) {
        int bytes = CLAIM_BYTES + have.chunks().chunkCount() / Byte.SIZE;
        if (claimBytes + bytes > CLAIM_BYTES_MAX) {
            link.reject(have.share(), List.of(), PeerMessage.Reason.BUSY);
            return;
        }
        claimBytes += bytes;
        claims.add(new Claim(link, have));
    }

    /** Hands over the claims to be heard again: those of shares that are still coming come back. */
    void changed(BiConsumer<PeerLink, PeerMessage.Have> again) {
        List<Claim> kept = List.copyOf(claims);
        claims.clear();
        claimBytes = 0;
        for (Claim claim : kept) {
            if (!claim.link().isClosed()) {
                again.accept(claim.link(), claim.have());
            }
        }
    }

    private record Claim(PeerLink link, PeerMessage.Have have) {}
}
