package io.cairn.transfer.content;

/** How long the chunks of a share are: a function of its length alone, so that everyone who shares the same gets the same hash. */
public final class ChunkSizes {
    /** Shortest chunk this program makes, in bytes. */
    public static final int BYTES_MIN = 256 << 10;

    /** Longest chunk this program makes, in bytes. */
    public static final int BYTES_MAX = 8 << 20;

    /** Longest share in bytes: as many of the longest chunks as a share can have. */
    static final long TOTAL_BYTES_MAX = (long) BYTES_MAX * ManifestCodec.CHUNKS_MAX;

    /** Most chunks before chunks get longer: few enough to be published and compared quickly. */
    private static final int COUNT_TARGET = 2_000;

    private ChunkSizes() {}

    /**
     * The chunk size in bytes for so many bytes: the smallest power of two from 256 KiB to 8 MiB that makes at most 2,000
     * chunks. So from 250 MiB to 15 GiB a share has 1,000 to 2,000 chunks.
     */
    public static int forLength(long totalBytes) {
        int chunkBytes = BYTES_MIN;
        while (chunkBytes < BYTES_MAX && totalBytes > (long) COUNT_TARGET * chunkBytes) {
            chunkBytes *= 2;
        }
        return chunkBytes;
    }

    /** How many chunks so many bytes make: the last may be shorter. */
    static long count(long totalBytes, int chunkBytes) {
        return totalBytes / chunkBytes + (totalBytes % chunkBytes == 0 ? 0 : 1);
    }
}
