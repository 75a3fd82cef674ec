package io.cairn.dht.wire;

import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;

/**
 * What a node gives to an address with every answer and wants back with a STORE: proof that the asker receives at that address.
 * Eight bytes that mean nothing to anyone but their maker.
 */
public final class Token {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 8;

    private final byte[] bytes;

    private Token(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes exactly 8
     * @throws IllegalArgumentException if the length is another
     */
    public static Token of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a token has 8 bytes, not " + bytes.length);
        }
        return new Token(bytes.clone());
    }

    /** A copy of the eight bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token that && Arrays.equals(bytes, that.bytes);
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
