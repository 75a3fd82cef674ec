package io.cairn.dht.crypto;

import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** A node's Ed25519 public key (RFC 8032); its SHA-1 is the node's id. */
public final class PublicKey {
    /** Length of an encoded key in bytes. */
    public static final int LENGTH_BYTES = 32;

    private final byte[] encoded;
    private volatile @Nullable NodeId nodeId;

    private PublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * @param encoded exactly 32 bytes
     * @throws IllegalArgumentException if the length is not 32
     */
    public static PublicKey of(byte[] encoded) {
        if (encoded.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + encoded.length);
        }
        return new PublicKey(encoded.clone());
    }

    /** Hashed at the first call, so that a key that a stranger merely claims costs no hash. */
    public NodeId nodeId() {
        NodeId known = nodeId;
        if (known == null) {
            known = NodeId.of(DigestUtils.sha1(encoded));
            nodeId = known;
        }
        return known;
    }

    /** Whether the holder of this key signed the message; false also for a key that {@link Ed25519Library#verifier} rejects. */
    public boolean verifies(Signature signature, byte[] message) {
        return Recent.VERIFIERS.verifies(encoded, signature.toBytes(), message);
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return Hex.encodeHexString(encoded);
    }

    /** Created at the first use, because the native library takes a moment to load. */
    private static final class Recent {
        private static final RecentVerifiers VERIFIERS = new RecentVerifiers(Ed25519Library.fastest());

        private Recent() {}
    }
}
