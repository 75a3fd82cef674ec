package io.cairn.dht.wire;

import io.cairn.dht.id.FixedBytes;

/**
 * What a node gives to an address with every answer and wants back with a STORE: proof that the asker receives at that address.
 * Eight bytes that mean nothing to anyone but their maker.
 */
public final class Token extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 8;

    private Token(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a token");
    }

    /**
     * @param bytes exactly 8
     * @throws IllegalArgumentException if the length is another
     */
    public static Token of(byte[] bytes) {
        return new Token(bytes);
    }
}
