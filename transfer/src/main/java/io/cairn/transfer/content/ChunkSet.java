package io.cairn.transfer.content;

import java.util.BitSet;
import java.util.Objects;

/** An immutable set of chunk numbers of one share. Encoded as the bitfield of BEP 3: chunk 0 is the highest bit of the first byte. */
public final class ChunkSet {
    private final BitSet bits;
    private final int chunkCount;

    private ChunkSet(BitSet bits, int chunkCount) {
        this.bits = bits;
        this.chunkCount = chunkCount;
    }

    /** The empty set for a share of this many chunks. */
    public static ChunkSet none(int chunkCount) {
        return new ChunkSet(new BitSet(), chunkCount);
    }

    /** The full set for a share of this many chunks. */
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
     * @throws IllegalArgumentException if its length does not match the count, or a spare bit is set
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

    /** The number of chunks in the set. */
    public int size() {
        return bits.cardinality();
    }

    /** The number of chunks of the share. */
    public int chunkCount() {
        return chunkCount;
    }

    public boolean isComplete() {
        return size() == chunkCount;
    }

    /** A copy that the caller may change. */
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
