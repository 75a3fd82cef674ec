package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.work.StateFailures;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one running node, with its key, database and history. A file lock keeps a second node out; the operating system
 * releases it however the process ends.
 */
final class DataDirectory implements AutoCloseable {
    static final String LOCK_FILE = "lock";
    private static final String HISTORY_FILE = "history";
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private final Path path;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel lockChannel, FileLock lock) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Creates the folder if it is missing (readable by its owner only) and locks it.
     *
     * @throws CairnException if another node uses it, or it is not writable
     */
    static DataDirectory open(Path path) throws CairnException {
        try {
            create(path);
            FileChannel channel = OwnerOnly.open(path.resolve(LOCK_FILE));
            try {
                return locked(path, channel);
            } catch (CairnException | IOException failure) {
                channel.close(); // with the lock: this process goes on without a node
                throw failure;
            }
        } catch (IOException failure) {
            throw StateFailures.of("cannot use the data directory " + path, path, failure);
        }
    }

    private static DataDirectory locked(Path path, FileChannel channel) throws CairnException, IOException {
        @Nullable FileLock lock = tryLock(channel);
        if (lock == null) {
            throw inUse(path, holder(channel));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        OwnerOnly.tightenFile(path.resolve(HISTORY_FILE));
        return new DataDirectory(path, channel, lock);
    }

    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            tighten(path);
            return;
        }
        if (Files.exists(path)) {
            throw new NotDirectoryException(path.toString());
        }
        OwnerOnly.createFolders(path);
    }

    /** Removes the permissions of others from an empty folder or a node's folder; warns about any other folder that is open to others. */
    private static void tighten(Path path) throws IOException {
        if (!OwnerOnly.isOpenToOthers(path)) {
            return;
        }
        if (isEmptyOrOfANode(path)) {
            try {
                OwnerOnly.tightenFolder(path);
                return;
            } catch (IOException ofAnotherUser) {
                LOG.debug("the permissions of {} stay as they are", path, ofAnotherUser);
            }
        }
        LOG.warn("other users can access the data directory {}: protect it with chmod 700", path);
    }

    private static boolean isEmptyOrOfANode(Path path) throws IOException {
        if (Files.exists(path.resolve(IdentityFile.NAME))) {
            return true;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** The process id in the lock file; empty if it holds none. */
    static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    }

    private static CairnException inUse(Path path, String holder) {
        return new CairnException(
                CairnException.Kind.OTHER,
                "the data directory " + path + " is in use",
                "another cairn" + (holder.isEmpty() ? "" : " (process " + holder + ")") + " is running on it",
                Reason.USE_ANOTHER_DATA_DIRECTORY
                        .says("use that one, stop it, or start this one on another data directory")
                        .and("path", path)
                        .and("process", holder));
    }

    Path path() {
        return path;
    }

    /** Closes it; a failure is only logged, since nothing can be done about it. */
    void release() {
        try {
            close();
        } catch (IOException failure) {
            LOG.warn("cannot release {}", path, failure);
        }
    }

    @Override
    public void close() throws IOException {
        try (lockChannel) {
            lock.release();
        }
    }
}
