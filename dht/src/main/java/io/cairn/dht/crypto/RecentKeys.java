package io.cairn.dht.crypto;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal keys as one object, so that the curve point of a node that says much is decoded once and not for every message, which is
 * a sixth of a verification. Holds at most {@value #SLOTS} keys, some 200 bytes each. Only keys whose signature was verified take a
 * place. Not safe for several threads.
 */
public final class RecentKeys {
    private static final int SLOTS = 256;

    private final @Nullable PublicKey[] slots = new PublicKey[SLOTS];

    /** An equal key that was remembered lately, or this one. */
    public PublicKey same(PublicKey key) {
        PublicKey recent = slots[slotOf(key)];
        return recent != null && recent.equals(key) ? recent : key;
    }

    /** Takes note of a key that has verified a signature. */
    public void remember(PublicKey key) {
        slots[slotOf(key)] = key;
    }

    private static int slotOf(PublicKey key) {
        return Math.floorMod(key.hashCode(), SLOTS);
    }
}
