package io.cairn.dht.wire;

import io.cairn.dht.id.FixedBytes;

/**
 * A proof that the asker receives at its address: a node gives it out with every answer and requires it with a STORE. Eight bytes that mean
 * something only to their maker.
 */
public final class Token extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 8;

    private Token(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a token");
    }

    /**
     * @param bytes exactly 8
     * @throws IllegalArgumentException if the length is not 8
     */
    public static Token of(byte[] bytes) {
        return new Token(bytes);
    }
}
