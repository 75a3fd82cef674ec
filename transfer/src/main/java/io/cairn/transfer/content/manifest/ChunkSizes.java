package io.cairn.transfer.content.manifest;

/** The chunk size of a share. It depends only on the share's length, so that identical content always gets the same hash. */
public final class ChunkSizes {
    /** Shortest chunk this program makes, in bytes. */
    public static final int BYTES_MIN = 256 << 10;

    /** Longest chunk this program makes, in bytes. */
    public static final int BYTES_MAX = 8 << 20;

    /** Longest share in bytes: the most chunks of the longest size. */
    public static final long TOTAL_BYTES_MAX = (long) BYTES_MAX * ManifestCodec.CHUNKS_MAX;

    /** Most chunks before the chunk size grows: few enough to publish and compare quickly. */
    private static final int COUNT_TARGET = 2_000;

    /** The chunks of a share that keeps the chunk size of its last version: twice the target, and half of what it is left with. */
    private static final int COUNT_KEPT_MIN = 500;

    private static final int COUNT_KEPT_MAX = 4_000;

    private ChunkSizes() {}

    /**
     * The chunk size in bytes for a share of this length: the smallest power of two from 256 KiB to 8 MiB that makes at most 2,000
     * chunks. A share of 250 MiB to 15 GiB therefore has 1,000 to 2,000 chunks.
     */
    public static int forLength(long totalBytes) {
        int chunkBytes = BYTES_MIN;
        while (chunkBytes < BYTES_MAX && totalBytes > (long) COUNT_TARGET * chunkBytes) {
            chunkBytes *= 2;
        }
        return chunkBytes;
    }

    /**
     * The chunk size in bytes for the next version of a share: that of its last one, so that its chunks stay what they are, unless it would
     * now make fewer than 500 or more than 4,000 chunks and another size would make a better number.
     */
    public static int keeping(int lastChunkBytes, long totalBytes) {
        long count = count(totalBytes, lastChunkBytes);
        boolean made = lastChunkBytes >= BYTES_MIN && lastChunkBytes <= BYTES_MAX;
        boolean tooFew = count < COUNT_KEPT_MIN && lastChunkBytes > BYTES_MIN;
        boolean tooMany = count > COUNT_KEPT_MAX && lastChunkBytes < BYTES_MAX;
        return made && !tooFew && !tooMany ? lastChunkBytes : forLength(totalBytes);
    }

    /** The number of chunks in a share of this length; the last may be shorter. */
    public static long count(long totalBytes, int chunkBytes) {
        return totalBytes / chunkBytes + (totalBytes % chunkBytes == 0 ? 0 : 1);
    }
}
