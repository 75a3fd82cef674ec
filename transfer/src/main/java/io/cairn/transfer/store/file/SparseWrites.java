package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.StreamLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes blocks of zeros only over data that is not zero, so that holes of the source stay holes. */
public final class SparseWrites {
    /** Size in bytes of the blocks of zeros that are skipped, aligned to the start of the file. */
    static final int BLOCK_BYTES = 64 << 10;

    private SparseWrites() {}

    /** Writes a part from the buffer's position, without moving it. */
    public interface Write {
        void write(StreamLayout.Part part, ByteBuffer data) throws IOException;
    }

    /**
     * Splits a part into runs of zero and other blocks.
     *
     * @param data positioned at the part; the position does not move
     */
    public static void each(StreamLayout.Part part, ByteBuffer data, Write content, Write zeros) throws IOException {
        int start = 0;
        boolean zero = isZero(data, 0, blockEnd(part, 0));
        for (int at = blockEnd(part, 0); start < part.length(); at = blockEnd(part, at)) {
            boolean next = at < part.length() && isZero(data, at, blockEnd(part, at));
            if (at == part.length() || next != zero) {
                ByteBuffer run = data.slice(data.position() + start, at - start);
                StreamLayout.Part where = new StreamLayout.Part(part.file(), part.offset() + start, at - start);
                (zero ? zeros : content).write(where, run);
                start = at;
                zero = next;
            }
        }
    }

    /** Whether a range of a file has only zeros up to its end or the file's. */
    public static boolean isZero(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Math.min(length, BLOCK_BYTES));
        for (int at = 0; at < length; at += block.limit()) {
            block.clear().limit(Math.min(block.capacity(), length - at));
            int read = channel.read(block, offset + at);
            if (read < 0) {
                return true;
            }
            if (!isZero(block.rewind(), 0, read)) {
                return false;
            }
            block.limit(Math.max(1, read));
        }
        return true;
    }

    private static int blockEnd(StreamLayout.Part part, int at) {
        long end = (part.offset() + at) / BLOCK_BYTES * BLOCK_BYTES + BLOCK_BYTES - part.offset();
        return (int) Math.min(end, part.length());
    }

    private static boolean isZero(ByteBuffer data, int from, int to) {
        int at = data.position() + from;
        int end = data.position() + to;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (data.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (data.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
