package io.cairn.app;

import java.util.List;

/**
 * How a file or folder differs from its manifest.
 *
 * @param bad chunks that do not match their digests, those of missing files included, by number
 * @param chunks how many chunks the manifest has
 * @param missing files of the manifest that are not there, relative to the folder
 * @param wrongSizes files that are there and are shorter or longer than they should be
 * @param extra files that are there and not in the manifest, relative to the folder; no fault
 */
public record VerifyReport(
        List<BadChunk> bad, int chunks, List<String> missing, List<WrongSize> wrongSizes, List<String> extra) {
    public VerifyReport {
        bad = List.copyOf(bad);
        missing = List.copyOf(missing);
        wrongSizes = List.copyOf(wrongSizes);
        extra = List.copyOf(extra);
    }

    /** Whether all the manifest names is there, unchanged. */
    public boolean isGood() {
        return bad.isEmpty() && missing.isEmpty() && wrongSizes.isEmpty();
    }

    /**
     * A file of another length than it should have.
     *
     * @param file relative to the folder
     */
    public record WrongSize(String file, long expectedBytes, long actualBytes) {
        public boolean isShorter() {
            return actualBytes < expectedBytes;
        }
    }

    /**
     * A chunk that is not what it should be.
     *
     * @param chunk its number
     * @param offset where it starts in the stream of the files, in bytes
     * @param length in bytes
     * @param files the files it touches, relative to the folder
     */
    public record BadChunk(int chunk, long offset, int length, List<String> files) {
        public BadChunk {
            files = List.copyOf(files);
        }
    }
}
