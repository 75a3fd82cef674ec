package io.cairn.transfer.swarm.port;

import org.jspecify.annotations.Nullable;

/**
 * The unit that one peer requests from another: a chunk, or a part of it on a wire that divides chunks. The swarm itself requests whole
 * chunks.
 *
 * @param offset in the chunk, in bytes
 * @param length in bytes, at least 1; the block ends with its chunk at the latest
 */
public record Block(int chunk, int offset, int length) {
    public Block {
        if (chunk < 0 || offset < 0 || length < 1) {
            throw new IllegalArgumentException("no block: " + length + " bytes at " + offset + " of chunk " + chunk);
        }
    }

    /** A whole chunk, whatever its length. */
    public static Block whole(int chunk) {
        return new Block(chunk, 0, Integer.MAX_VALUE);
    }

    /** The number of bytes in a chunk of this length; not positive if the block starts behind it. */
    public int lengthIn(int chunkLength) {
        return Math.min(length, chunkLength - offset);
    }

    /** Whether both start at the same byte. */
    public boolean startsAs(Block other) {
        return chunk == other.chunk && offset == other.offset;
    }

    // Written out, as in other records that every start compares: the default is assembled at run time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Block that && startsAs(that) && length == that.length;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * chunk + offset) + length;
    }
}
