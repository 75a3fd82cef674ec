package io.cairn.transfer.content.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pad entries of a share (BEP 47): zeros that fill the end of a chunk, so that the next file begins a chunk. They are part of the stream
 * and of the digests, but of no file: they are neither sent nor stored. Each chunk ends in at most one of them. Immutable.
 */
public final class Padding {
    /** No pad entries: the files follow each other without a gap. */
    public static final Padding NONE = new Padding(List.of(), 1);

    private final int[] files;
    private final int[] chunks;
    private final int[] bytes;
    private final long[] sums;

    private Padding(List<Pad> pads, int chunkBytes) {
        this.files = pads.stream().mapToInt(Pad::file).toArray();
        this.chunks =
                pads.stream().mapToInt(pad -> (int) (pad.offset() / chunkBytes)).toArray();
        this.bytes = pads.stream().mapToInt(pad -> (int) pad.length()).toArray();
        this.sums = new long[bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            sums[i + 1] = sums[i] + bytes[i];
        }
    }

    /**
     * One pad entry.
     *
     * @param file the number of the file that follows it
     * @param offset in the stream, in bytes
     * @param length in bytes
     */
    record Pad(int file, long offset, long length) {}

    /**
     * The pad entries of a parsed manifest.
     *
     * @param pads in stream order, at most one before each file
     * @throws InvalidManifestException if one does not end with its chunk, or fills a whole chunk
     */
    static Padding of(List<Pad> pads, int chunkBytes) throws InvalidManifestException {
        for (Pad pad : pads) {
            long inChunk = pad.offset() % chunkBytes;
            if (inChunk == 0 || inChunk + pad.length() != chunkBytes) {
                throw new InvalidManifestException(
                        "a pad entry that does not fill the rest of a chunk: " + pad.length() + " bytes");
            }
        }
        return pads.isEmpty() ? NONE : new Padding(pads, chunkBytes);
    }

    /**
     * The padding with which every file of at least a chunk begins a chunk and shares none of its chunks: other files of any length
     * may change without moving its bytes within their chunks.
     *
     * @param files in stream order
     */
    public static Padding aligning(List<FileEntry> files, int chunkBytes) {
        List<Pad> pads = new ArrayList<>();
        long position = 0;
        boolean afterLarge = false;
        for (int file = 0; file < files.size(); file++) {
            long length = files.get(file).length();
            boolean large = length >= chunkBytes;
            long rest = (chunkBytes - position % chunkBytes) % chunkBytes;
            if (length > 0) {
                if (rest > 0 && (large || afterLarge)) {
                    pads.add(new Pad(file, position, rest));
                    position += rest;
                }
                position += length;
                afterLarge = large;
            }
        }
        return pads.isEmpty() ? NONE : new Padding(pads, chunkBytes);
    }

    /** All zeros in bytes. */
    public long totalBytes() {
        return sums[bytes.length];
    }

    /** The zeros in the stream before a file, in bytes. */
    public long before(int file) {
        int at = Arrays.binarySearch(files, file);
        return sums[at >= 0 ? at + 1 : -at - 1];
    }

    /** The zeros directly before a file, in bytes. */
    public int directlyBefore(int file) {
        int at = Arrays.binarySearch(files, file);
        return at < 0 ? 0 : bytes[at];
    }

    /** The zeros that end a chunk, in bytes. */
    public int endOf(int chunk) {
        int at = Arrays.binarySearch(chunks, chunk);
        return at < 0 ? 0 : bytes[at];
    }
}
