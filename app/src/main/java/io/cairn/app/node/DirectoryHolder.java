package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.work.StateFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The process that holds a data directory. */
public final class DirectoryHolder {
    private DirectoryHolder() {}

    /**
     * The id of that process, or an empty text if it is unknown; none if no process holds the directory. Takes a shared lock for an
     * instant: a node that starts in that instant finds the directory in use. Not for the process that holds it: the system would
     * release its lock.
     */
    public static Optional<String> of(Path dataDirectory) throws CairnException {
        Path file = dataDirectory.resolve(DataDirectory.LOCK_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return isLocked(channel) ? Optional.of(DataDirectory.holder(channel)) : Optional.empty();
        } catch (NoSuchFileException never) {
            return Optional.empty();
        } catch (IOException failure) {
            throw StateFailures.of("cannot see who uses the data directory " + dataDirectory, file, failure);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try (FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }
}
