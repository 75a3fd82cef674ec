package io.cairn.transfer.content;

import java.util.List;

/**
 * How a file or folder on disk compares with a manifest.
 *
 * @param badChunks chunks that are not what the manifest says, lowest first
 * @param missing files, and folders that should be empty, that are not there or are something else
 * @param wrongSizes files whose length is another; what they hold is compared all the same
 * @param extra what is in the folder and not in the manifest, as paths relative to it; does not spoil the share
 */
public record VerificationReport(
        Manifest manifest,
        List<BadChunk> badChunks,
        List<SharePath> missing,
        List<WrongSize> wrongSizes,
        List<String> extra) {
    public VerificationReport {
        badChunks = List.copyOf(badChunks);
        missing = List.copyOf(missing);
        wrongSizes = List.copyOf(wrongSizes);
        extra = List.copyOf(extra);
    }

    /** Whether everything the manifest names is there, byte for byte. */
    public boolean isIntact() {
        return badChunks.isEmpty() && missing.isEmpty() && wrongSizes.isEmpty();
    }

    /** A chunk that does not match, and the parts of files it covers: one of them is damaged. */
    public record BadChunk(int chunk, List<FileRange> ranges) {
        public BadChunk {
            ranges = List.copyOf(ranges);
        }
    }

    /** A part of a file, in bytes. */
    public record FileRange(SharePath path, long offset, int length) {}

    /** A file of another length than it should have, in bytes. */
    public record WrongSize(SharePath path, long expectedBytes, long actualBytes) {}
}
