package io.cairn.app.share;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gets the secrets that this node drew, and who is to have them no more: what a node that asks for one is answered. On the loop. */
final class SecretHolders {
    /** A refusal. */
    static final byte @Nullable [] CANNOT_SAY = null;

    private static final byte[] NOT_ANY_MORE = {};
    private static final byte[] FOR_ANYONE = {1};

    private final Map<Key, Set<NodeId>> members = new HashMap<>();
    private final Map<Key, Set<NodeId>> removed = new HashMap<>();

    /** A row that is stored, of a share that is for some. */
    void are(StoredOffer row) {
        forget(row.hash());
        if (row.isOwn()) {
            members.put(row.hash(), MeantNodes.holders(row));
            removed.put(row.hash(), Set.copyOf(row.removed()));
        }
    }

    void forget(Key hash) {
        members.remove(hash);
        removed.remove(hash);
    }

    /** The members of a share; none if it is open, or another node decides. */
    Set<NodeId> members(Key hash) {
        return members.getOrDefault(hash, Set.of());
    }

    /** The members of each share. */
    Collection<Set<NodeId>> all() {
        return List.copyOf(members.values());
    }

    /**
     * The answer, by the same steps for every share and every asker, known or not.
     *
     * @param isHere whether this node shares it
     * @param secret null if it is open, or unknown
     */
    byte @Nullable [] answer(NodeId asker, Key hash, boolean isHere, @Nullable ShareSecret secret) {
        boolean isMember = members(hash).contains(asker);
        boolean wasMember = removed.getOrDefault(hash, Set.of()).contains(asker);
        byte[] known = isHere && secret == null ? FOR_ANYONE : CANNOT_SAY;
        byte[] others = wasMember ? NOT_ANY_MORE : known;
        return isMember && secret != null ? secret.toBytes() : others;
    }
}
