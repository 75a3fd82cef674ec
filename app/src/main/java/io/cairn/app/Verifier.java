package io.cairn.app;

import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
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
}
