package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The mounted file system that holds a file. */
public final class Mount {
    private Mount() {}

    /**
     * Looks in the table of mounts; empty if it does not list the file system, as in a chroot whose root is no mount point.
     *
     * @throws FileSystemException if the file itself cannot be examined
     */
    public static Optional<FileStore> of(Path file) throws FileSystemException {
        try {
            return Optional.of(Files.getFileStore(file));
        } catch (FileSystemException ofTheFile) {
            throw ofTheFile;
        } catch (IOException notListed) {
            return Optional.empty();
        }
    }
}
