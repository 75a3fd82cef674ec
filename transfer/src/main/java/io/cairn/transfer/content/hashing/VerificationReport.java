package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import java.util.List;

/**
 * The result of comparing a file or folder on disk with its manifest.
 *
 * @param badChunks chunks that do not match the manifest, lowest first
 * @param missing files and empty folders of the manifest that are missing or of another kind
 * @param wrongSizes files of the wrong length; their content is compared all the same
 * @param extra entries of the folder that are not in the manifest, as paths relative to the folder; they do not damage the share
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

    /** Whether every entry of the manifest is present, byte for byte. */
    public boolean isIntact() {
        return badChunks.isEmpty() && missing.isEmpty() && wrongSizes.isEmpty();
    }

    /** A chunk that does not match, and the file ranges it covers, at least one of which is damaged. */
    public record BadChunk(int chunk, List<FileRange> ranges) {
        public BadChunk {
            ranges = List.copyOf(ranges);
        }
    }

    /** A part of a file, in bytes. */
    public record FileRange(SharePath path, long offset, int length) {}

    /** A file of the wrong length; lengths in bytes. */
    public record WrongSize(SharePath path, long expectedBytes, long actualBytes) {}
}
