package io.cairn.app.node;

import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.Mount;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A temporary folder on a file system in memory. A symbolic link beside the node's other files names it, so that the next run finds and
 * deletes what a killed process left behind.
 */
final class MemoryFolder implements AutoCloseable {
    /** The file system in memory that every Linux has. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final String PREFIX = "cairn-";

    private final Path path;
    private final Path link;

    private MemoryFolder(Path path, Path link) {
        this.path = path;
        this.link = link;
    }

    /**
     * The file system for such folders.
     *
     * @param bytes the space that must be free there
     * @return empty if this system has none, or not enough space in it
     */
    static Optional<Path> place(long bytes) throws IOException {
        if (!Files.isWritable(SHARED_MEMORY)) {
            return Optional.empty();
        }
        Optional<String> type = Mount.of(SHARED_MEMORY).map(FileStore::type);
        return type.equals(Optional.of("tmpfs"))
                        && DiskSpace.free(SHARED_MEMORY).orElse(0) >= bytes
                ? Optional.of(SHARED_MEMORY)
                : Optional.empty();
    }

    /** Creates a folder that only this user can enter. */
    static MemoryFolder create(Path place, Path link) throws IOException {
        Path path = Files.createTempDirectory(place, PREFIX);
        try {
            Files.createSymbolicLink(link, path);
        } catch (IOException refused) {
            Files.delete(path);
            throw refused;
        }
        return new MemoryFolder(path, link);
    }

    /** Deletes the folder that a killed process left behind, and its link. */
    static void deleteRemains(Path link) throws IOException {
        if (Files.isSymbolicLink(link)) {
            Path named = Files.readSymbolicLink(link);
            // After a restart of the machine the name may belong to someone else.
            if (named.getFileName().toString().startsWith(PREFIX)
                    && Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(named).equals(Files.getOwner(link, LinkOption.NOFOLLOW_LINKS))) {
                delete(named);
            }
        }
        delete(link);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete(path);
        Files.deleteIfExists(link);
    }

    /** Deletes a file, a link, or a folder with all that is in it, if it exists. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walked = Files.walk(tree)) {
            for (Path path : walked.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
