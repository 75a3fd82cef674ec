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

    /** The number of chunks in a share of this length; the last may be shorter. */
    public static long count(long totalBytes, int chunkBytes) {
        return totalBytes / chunkBytes + (totalBytes % chunkBytes == 0 ? 0 : 1);
    }
}
