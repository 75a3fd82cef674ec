package io.cairn.app;

import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Compares files on disk with a manifest. Needs no network. */
@FunctionalInterface
public interface Verifier {
    /**
     * Reads all of a file or folder; blocks as long as that takes. An interrupted thread ends it early with kind INTERRUPTED.
     *
     * @param path the file or folder itself
     * @param progress receives the number of bytes hashed so far
     * @return the differences; a difference is not an exception
     * @throws CairnException if the path cannot be read, or is a file where the manifest has a folder, or vice versa
     */
    VerifyReport verify(Path path, Manifest manifest, Consumer<Node.HashProgress> progress) throws CairnException;

    /**
     * How a file or folder differs from its manifest.
     *
     * @param bad chunks that do not match their digests, including those of missing files, by number
     * @param chunks the number of chunks in the manifest
     * @param missing files of the manifest that do not exist, relative to the folder
     * @param wrongSizes files that are shorter or longer than in the manifest
     * @param extra files that are not in the manifest, relative to the folder; not a fault
     */
    public record VerifyReport(
            List<BadChunk> bad, int chunks, List<String> missing, List<WrongSize> wrongSizes, List<String> extra) {
        public VerifyReport {
            bad = List.copyOf(bad);
            missing = List.copyOf(missing);
            wrongSizes = List.copyOf(wrongSizes);
            extra = List.copyOf(extra);
        }

        /** Whether all files of the manifest exist and are unchanged. */
        public boolean isGood() {
            return bad.isEmpty() && missing.isEmpty() && wrongSizes.isEmpty();
        }

        /**
         * A file of the wrong length.
         *
         * @param file relative to the folder
         */
        public record WrongSize(String file, long expectedBytes, long actualBytes) {
            public boolean isShorter() {
                return actualBytes < expectedBytes;
            }
        }

        /**
         * A chunk that does not match its digest.
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
}
