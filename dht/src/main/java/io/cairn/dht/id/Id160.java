package io.cairn.dht.id;

import java.util.Objects;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;

/**
 * A point of the 160-bit identifier space that nodes and data share (Maymounkov and Mazières, Kademlia, 2002, section 2). Three machine
 * words keep the routing tables of a large simulation small. Immutable.
 *
 * <p>The natural order is that of the unsigned number, most significant bit first.
 */
public abstract sealed class Id160 implements Comparable<Id160> permits NodeId, Key {
    /** Length of an identifier in bytes. */
    public static final int LENGTH_BYTES = 20;

    /** Length of an identifier in bits. */
    public static final int LENGTH_BITS = 160;

    private final long high;
    private final long middle;
    private final int low;

    Id160(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("an identifier has 20 bytes, not " + bytes.length);
        }
        this.high = longAt(bytes, 0);
        this.middle = longAt(bytes, 8);
        this.low = (int) (longAt(bytes, 12) & 0xffff_ffffL);
    }

    Id160(long high, long middle, int low) {
        this.high = high;
        this.middle = middle;
        this.low = low;
    }

    static byte[] decodeHex(String hex) {
        if (hex.length() != 2 * LENGTH_BYTES) {
            throw new IllegalArgumentException("an identifier has 40 hexadecimal digits, not " + hex.length());
        }
        try {
            return Hex.decodeHex(hex);
        } catch (DecoderException notHex) {
            throw new IllegalArgumentException("not hexadecimal: " + hex, notHex);
        }
    }

    /** The XOR distance to another point: symmetric, and zero only to itself. */
    public final Distance distanceTo(Id160 other) {
        return new Distance(high ^ other.high, middle ^ other.middle, low ^ other.low);
    }

    /** The clockwise distance to another point on the ring: the difference modulo 2^160; zero only to itself. */
    public final Distance clockwiseTo(Id160 other) {
        int lowPart = other.low - low;
        long borrow = Integer.compareUnsigned(other.low, low) < 0 ? 1 : 0;
        long middlePart = other.middle - middle - borrow;
        int order = Long.compareUnsigned(other.middle, middle);
        borrow = order < 0 || order == 0 && borrow == 1 ? 1 : 0;
        return new Distance(other.high - high - borrow, middlePart, lowPart);
    }

    /**
     * The point 2^exponent clockwise of this one, modulo 2^160.
     *
     * @param exponent 0 to 159
     */
    public final Key plusPowerOfTwo(int exponent) {
        Objects.checkIndex(exponent, LENGTH_BITS);
        int lowPart = exponent < 32 ? low + (1 << exponent) : low;
        long carry = exponent < 32 && Integer.compareUnsigned(lowPart, low) < 0 ? 1 : 0;
        long added = exponent >= 32 && exponent < 96 ? 1L << (exponent - 32) : carry;
        long middlePart = middle + added;
        carry = Long.compareUnsigned(middlePart, middle) < 0 ? 1 : 0;
        return new Key(high + (exponent >= 96 ? 1L << (exponent - 96) : carry), middlePart, lowPart);
    }

    /** The number of leading bits that both share: 0 to 160, where 160 means equal. */
    public final int commonPrefixLength(Id160 other) {
        if (high != other.high) {
            return Long.numberOfLeadingZeros(high ^ other.high);
        }
        return middle != other.middle
                ? 64 + Long.numberOfLeadingZeros(middle ^ other.middle)
                : 128 + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /** Negative if the first is closer to this point than the second, positive if farther, 0 if they are equal. */
    public final int compareDistance(Id160 first, Id160 second) {
        if (first.high != second.high) {
            return Long.compareUnsigned(high ^ first.high, high ^ second.high);
        }
        return first.middle != second.middle
                ? Long.compareUnsigned(middle ^ first.middle, middle ^ second.middle)
                : Integer.compareUnsigned(low ^ first.low, low ^ second.low);
    }

    /** The first 64 bits, most significant first; with rare exceptions they identify an id among many. */
    public final long prefix() {
        return high;
    }

    /**
     * The bit at a position, counted from the most significant.
     *
     * @param index 0 to 159
     */
    public final boolean bit(int index) {
        Objects.checkIndex(index, LENGTH_BITS);
        if (index < 64) {
            return (high >>> (63 - index) & 1) != 0;
        }
        return index < 128 ? (middle >>> (127 - index) & 1) != 0 : (low >>> (159 - index) & 1) != 0;
    }

    /** A new array of 20 bytes, most significant first. */
    public final byte[] toBytes() {
        byte[] bytes = new byte[LENGTH_BYTES];
        putLong(bytes, 0, high);
        putLong(bytes, 8, middle);
        for (int i = 0; i < 4; i++) {
            bytes[16 + i] = (byte) (low >>> (24 - 8 * i));
        }
        return bytes;
    }

    /** 40 hexadecimal digits in lower case. */
    public final String toHex() {
        return Hex.encodeHexString(toBytes());
    }

    /** The first and last four digits, for display: {@code 5f1c…e09a}. */
    public final String toShortString() {
        String hex = toHex();
        return hex.substring(0, 4) + "…" + hex.substring(36);
    }

    @Override
    public final int compareTo(Id160 other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(middle, other.middle);
        }
        return order == 0 ? Integer.compareUnsigned(low, other.low) : order;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Id160 that
                && getClass() == that.getClass()
                && high == that.high
                && middle == that.middle
                && low == that.low;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(middle) * 17 + low;
    }

    @Override
    public final String toString() {
        return toHex();
    }

    private static long longAt(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    private static void putLong(byte[] bytes, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
