package io.cairn.dht.crypto;

import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;

/** An Ed25519 signature (RFC 8032): 64 bytes. */
public final class Signature {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes exactly 64
     * @throws IllegalArgumentException if the length is another
     */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /** A copy of the 64 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.encodeHexString(bytes);
    }
}
