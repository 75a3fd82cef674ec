package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which shares are for some alone, and which sessions may have them: those whose peer has proven that it has the secret. A proof for a share
 * that this node does not know costs it as much as one for a share that it does. Confined to the loop.
 */
public final class Audience {
    /** Checks the proofs for unknown shares, which count as wrong whatever comes out. */
    private static final ShareSecret NOBODYS = ShareSecret.of(new byte[ShareSecret.BYTES]);

    private final NodeId self;
    private final Map<Key, ShareSecret> secrets = new LinkedHashMap<>();
    private long proofsRefused;

    public Audience(NodeId self) {
        this.self = self;
    }

    /** The secret of a share; null if it is for anyone who knows its hash. */
    public @Nullable ShareSecret secret(Key share) {
        return secrets.get(share);
    }

    /** Whether a share is for those alone who have its secret. */
    public boolean isRestricted(Key share) {
        return secrets.containsKey(share);
    }

    /** Sets the secret of a share. Sessions that have proven another are not forgotten by this: see {@link PeerLink#revoke}. */
    public void restrict(Key share, ShareSecret secret) {
        secrets.put(share, secret);
    }

    /** A share is for anyone who knows its hash. */
    public void open(Key share) {
        secrets.remove(share);
    }

    /** Whether a peer may have a share, and hear of it. */
    public boolean mayHave(PeerLink link, Key share) {
        return link.hasProven(share) || !secrets.containsKey(share);
    }

    /** Whether a peer may speak of a share: it may have it, or this node has told it that it has the secret. */
    public boolean mayName(PeerLink link, Key share) {
        return mayHave(link, share) || link.isShown(share);
    }

    /** Proves to a peer that this node has the secret of a share, once in each session. */
    public void show(PeerLink link, Key share) {
        ShareSecret secret = secrets.get(share);
        NodeId verifier = link.peer().node();
        if (secret != null && verifier != null && link.shows(share)) {
            link.connection().prove(share, secret.proof(share, self, verifier));
        }
    }

    /** Announces our chunks of a share, if the peer may have it and has not got them already. */
    public void announce(PeerLink link, Key share, ChunkSet have) {
        if (mayHave(link, share)) {
            link.announce(share, have);
        }
    }

    /** Checks a peer's proof; if it is right, the peer may have the share from now on. */
    public boolean proven(PeerLink link, Key share, byte[] proof) {
        ShareSecret known = secrets.get(share);
        ShareSecret checks = known == null ? NOBODYS : known;
        NodeId prover = link.peer().node();
        boolean isRight = prover != null && checks.isProven(proof, share, prover, self);
        if (known == null || !isRight) {
            proofsRefused++;
            return false;
        }
        link.proves(share);
        return true;
    }

    /** Proofs that were wrong, or for a share that needs none here, since the start. */
    public long proofsRefused() {
        return proofsRefused;
    }
}
