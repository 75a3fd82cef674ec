package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.peer.PeerLink;

/** What the peers of a fetch show of the secret of its share: one may have proven it, one may serve without it. On the loop. */
final class ProofsSeen {
    private final Key share;
    private boolean isProven;
    private boolean isServedFreely;

    ProofsSeen(Key share) {
        this.share = share;
    }

    /** A peer has joined the fetch. */
    void joined(PeerLink peer) {
        isProven |= peer.hasEverProven(share);
    }

    /** A chunk of a peer has been verified. */
    void delivered(PeerLink peer) {
        joined(peer);
        isServedFreely |= !peer.hasEverProven(share) && peer.claim(share) != null;
    }

    /** Whether a peer has proven a secret of the share, which is then none that somebody made up. */
    boolean isProven() {
        return isProven;
    }

    /** Whether peers served it without proving its secret, and none proved it: it seems to be for anyone. */
    boolean isForAnyone() {
        return isServedFreely && !isProven;
    }
}
