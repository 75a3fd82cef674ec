package io.cairn.dht.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The verifiers of keys that verified a signature recently. Creating one takes a sixth of a verification, and the native library holds
 * memory of its own for each, so a key does not hold one itself: a node with a hundred thousand records has as many keys. At most
 * {@value #SLOTS} are kept, and only a key with a valid signature takes a slot. A stranger with many keys can evict the others, which costs
 * only time.
 */
final class RecentVerifiers {
    private static final int SLOTS = 1_024;

    private final Ed25519Library library;
    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    RecentVerifiers(Ed25519Library library) {
        this.library = library;
    }

    private record Entry(byte[] publicKey, Ed25519Library.Verifier verifier) {}

    /**
     * Whether the holder of this key signed the message; false also for a key that {@link Ed25519Library#verifier} rejects.
     *
     * @param publicKey not copied
     */
    boolean verifies(byte[] publicKey, byte[] signature, byte[] message) {
        int slot = Math.floorMod(Arrays.hashCode(publicKey), SLOTS);
        Entry recent = slots.get(slot);
        if (recent != null && Arrays.equals(recent.publicKey(), publicKey)) {
            return recent.verifier().verifies(signature, message);
        }
        Ed25519Library.Verifier verifier = library.verifier(publicKey);
        if (verifier == null || !verifier.verifies(signature, message)) {
            return false;
        }
        slots.set(slot, new Entry(publicKey, verifier));
        return true;
    }
}
