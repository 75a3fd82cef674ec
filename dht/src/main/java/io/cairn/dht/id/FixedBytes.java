package io.cairn.dht.id;

import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;

/** An immutable value of a fixed number of bytes. Two values are equal if they have the same class and bytes. */
public abstract class FixedBytes {
    private final byte[] bytes;

    /**
     * @param bytes copied
     * @param length the required number of bytes
     * @param what the kind of value, for the exception message: {@code a token}
     * @throws IllegalArgumentException if {@code bytes} has another length
     */
    protected FixedBytes(byte[] bytes, int length, String what) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(what + " has " + length + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public final byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof FixedBytes that && getClass() == that.getClass() && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal digits in lower case. */
    @Override
    public final String toString() {
        return Hex.encodeHexString(bytes);
    }
}
