package io.cairn.control.reach;

import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a daemon that starts: while one holds it, no other process starts a node on the data directory. A file lock, which the
 * system releases however the process ends. The file stays: another may be about to lock it.
 * The lock of the directory itself decides who is the node.
 */
final class DaemonClaim implements AutoCloseable {
    private static final String FILE = "daemon.lock";

    private final Path file;
    private @Nullable FileChannel held;

    DaemonClaim(Path dataDirectory) {
        file = dataDirectory.resolve(FILE);
    }

    /** Whether this process holds it now; another may hold it, or look at it. */
    boolean take() throws IOException {
        if (held != null) {
            return true;
        }
        FileChannel channel = OwnerOnly.open(file);
        try {
            if (isLocked(channel, false)) {
                held = channel;
            }
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        return held != null;
    }

    /** Whether another process holds it. */
    static boolean isTaken(Path dataDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(dataDirectory.resolve(FILE), StandardOpenOption.READ)) {
            return !isLocked(channel, true);
        } catch (NoSuchFileException never) {
            return false;
        }
    }

    private static boolean isLocked(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            return lock != null;
        } catch (OverlappingFileLockException byThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = held;
        if (channel != null) {
            held = null;
            channel.close();
        }
    }
}
