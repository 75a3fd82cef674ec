package io.cairn.transfer.content.manifest;

import java.util.List;
import java.util.Objects;

/**
 * How a stream is cut into chunks. Each chunk has bytes of files, at least one, and then the zeros of a pad entry, if it ends in one.
 *
 * @param chunkBytes length of every chunk but the last
 * @param streamBytes files and padding
 */
public record ChunkGrid(int chunkBytes, long streamBytes, Padding padding) {
    /** The grid of these files. */
    public static ChunkGrid of(List<FileEntry> files, int chunkBytes, Padding padding) {
        long total = files.stream().mapToLong(FileEntry::length).sum();
        return new ChunkGrid(chunkBytes, total + padding.totalBytes(), padding);
    }

    /** The number of chunks. */
    public int count() {
        return Math.toIntExact(ChunkSizes.count(streamBytes, chunkBytes));
    }

    /** The offset of a chunk in the stream. */
    public long offset(int chunk) {
        return (long) Objects.checkIndex(chunk, count()) * chunkBytes;
    }

    /** The bytes of files in a chunk: what is stored and sent of it. */
    public int length(int chunk) {
        return (int) Math.min(chunkBytes, streamBytes - offset(chunk)) - padding.endOf(chunk);
    }

    /** The zeros that follow the bytes of files in a chunk. */
    public int zeros(int chunk) {
        return padding.endOf(chunk);
    }
}
