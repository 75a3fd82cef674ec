package io.cairn.dht.crypto;

import io.cairn.dht.id.FixedBytes;

/** An Ed25519 signature (RFC 8032): 64 bytes. */
public final class Signature extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 64;

    private Signature(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a signature");
    }

    /**
     * @param bytes exactly 64
     * @throws IllegalArgumentException if the length is not 64
     */
    public static Signature of(byte[] bytes) {
        return new Signature(bytes);
    }
}
