package io.cairn.app;

import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Compares what lies on disk with what a manifest says. Needs no network. */
@FunctionalInterface
public interface Verifier {
    /**
     * Reads all of a file or folder; blocks as long as that takes. An interrupted thread ends it early with kind INTERRUPTED.
     *
     * @param path the file or folder itself
     * @param progress is told how many bytes have been hashed so far
     * @return what differs; a difference is not an exception
     * @throws CairnException if the path cannot be read, or is a file where the manifest has a folder or the other way round
     */
    VerifyReport verify(Path path, Manifest manifest, Consumer<Node.HashProgress> progress) throws CairnException;
}
