package io.cairn.transfer.content;

import java.util.BitSet;
import java.util.Objects;

/** An immutable set of chunk numbers of one share. As bytes it is the bitfield of BEP 3: chunk 0 is the highest bit of the first byte. */
public final class ChunkSet {
    private final BitSet bits;
    private final int chunkCount;

    private ChunkSet(BitSet bits, int chunkCount) {
        this.bits = bits;
        this.chunkCount = chunkCount;
    }

    /** No chunk of so many. */
    public static ChunkSet none(int chunkCount) {
        return new ChunkSet(new BitSet(), chunkCount);
    }

    /** All chunks of so many. */
    public static ChunkSet all(int chunkCount) {
        BitSet bits = new BitSet(chunkCount);
        bits.set(0, chunkCount);
        return new ChunkSet(bits, chunkCount);
    }

    /**
     * A copy of a bit set.
     *
     * @throws IllegalArgumentException if a bit at or past the count is set
     */
    public static ChunkSet of(BitSet bits, int chunkCount) {
        if (bits.length() > chunkCount) {
            throw new IllegalArgumentException("chunk " + (bits.length() - 1) + " of " + chunkCount);
        }
        return new ChunkSet((BitSet) bits.clone(), chunkCount);
    }

    /**
     * Reads a bitfield.
     *
     * @throws IllegalArgumentException if it has not exactly the length the count asks, or spare bits that are not zero
     */
    public static ChunkSet fromBytes(byte[] bitfield, int chunkCount) {
        if (bitfield.length != (chunkCount + 7) / 8) {
            throw new IllegalArgumentException(
                    "a bitfield of " + bitfield.length + " bytes for " + chunkCount + " chunks");
        }
        BitSet bits = new BitSet(chunkCount);
        for (int i = 0; i < 8 * bitfield.length; i++) {
            if ((bitfield[i / 8] & 0x80 >>> i % 8) != 0) {
                bits.set(i);
            }
        }
        return of(bits, chunkCount);
    }

    public byte[] toBytes() {
        byte[] bitfield = new byte[(chunkCount + 7) / 8];
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            bitfield[i / 8] |= (byte) (0x80 >>> i % 8);
        }
        return bitfield;
    }

    public boolean contains(int chunk) {
        return bits.get(Objects.checkIndex(chunk, chunkCount));
    }

    /** How many chunks are in the set. */
    public int size() {
        return bits.cardinality();
    }

    /** How many chunks the share has. */
    public int chunkCount() {
        return chunkCount;
    }

    public boolean isComplete() {
        return size() == chunkCount;
    }

    /** A copy, to be changed at will. */
    public BitSet toBitSet() {
        return (BitSet) bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkSet that && chunkCount == that.chunkCount && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        return size() + "/" + chunkCount;
    }
}
