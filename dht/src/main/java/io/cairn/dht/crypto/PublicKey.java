package io.cairn.dht.crypto;

import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** A node's Ed25519 public key (RFC 8032); its SHA-1 is the node's id. The curve point is decoded at the first verification. */
public final class PublicKey {
    /** Length of an encoded key in bytes. */
    public static final int LENGTH_BYTES = Ed25519PublicKeyParameters.KEY_SIZE;

    private final byte[] encoded;
    private final NodeId nodeId;
    private volatile @Nullable Ed25519PublicKeyParameters point;

    private PublicKey(byte[] encoded) {
        this.encoded = encoded;
        this.nodeId = NodeId.of(DigestUtils.sha1(encoded));
    }

    /**
     * @param encoded exactly 32 bytes
     * @throws IllegalArgumentException if the length is another
     */
    public static PublicKey of(byte[] encoded) {
        if (encoded.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + encoded.length);
        }
        return new PublicKey(encoded.clone());
    }

    public NodeId nodeId() {
        return nodeId;
    }

    /** Whether the holder of this key signed the message; false also where the key is no point of the curve. About 63 microseconds. */
    public boolean verifies(Signature signature, byte[] message) {
        Ed25519PublicKeyParameters decoded = point;
        if (decoded == null) {
            try {
                decoded = new Ed25519PublicKeyParameters(encoded);
            } catch (IllegalArgumentException notOnTheCurve) {
                return false;
            }
            point = decoded;
        }
        return decoded.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature.toBytes(), 0);
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
        return nodeId.hashCode();
    }

    @Override
    public String toString() {
        return Hex.encodeHexString(encoded);
    }
}
