package io.cairn.dht.crypto;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal keys as one object, so that the curve point of a node that says much is decoded once and not for every message, which is
 * a sixth of a verification. Holds at most {@value #SLOTS} keys, some 200 bytes each; a stranger with many keys costs others their place,
 * which is time and nothing else. Not safe for several threads.
 */
public final class RecentKeys {
    private static final int SLOTS = 256;

    private final @Nullable PublicKey[] slots = new PublicKey[SLOTS];

    /** An equal key seen lately, or this one, which takes its place. */
    public PublicKey same(PublicKey key) {
        int slot = Math.floorMod(key.hashCode(), SLOTS);
        PublicKey recent = slots[slot];
        if (recent != null && recent.equals(key)) {
            return recent;
        }
        slots[slot] = key;
        return key;
    }
}
