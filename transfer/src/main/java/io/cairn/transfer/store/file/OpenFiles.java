package io.cairn.transfer.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of one share, opened on demand and closed when the bound across all shares needs their descriptors. Thread-safe;
 * several threads may use one channel at once, and a channel in use is not closed. Files are opened under the share's lock.
 */
public final class OpenFiles implements Closeable {
    private static final int ATTEMPTS_MAX = 3;

    private final Opener opener;
    private final OpenFileBound bound;
    private final Map<Integer, OpenFileBound.Held> files = new ConcurrentHashMap<>();
    private final Lock opening = new ReentrantLock();
    private boolean closed;

    public OpenFiles(Opener opener) {
        this(opener, OpenFileBound.ofProcess());
    }

    OpenFiles(Opener opener, OpenFileBound bound) {
        this.opener = opener;
        this.bound = bound;
    }

    /** Opens a file of the share. */
    public interface Opener {
        FileChannel open(int file) throws IOException;
    }

    /** Uses an open file. Runs again from the start if another thread's interrupt closed the channel. */
    public interface Work {
        void run(FileChannel channel) throws IOException;
    }

    public void use(int file, Work work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            OpenFileBound.Held held = acquire(file);
            try {
                work.run(held.channel());
                return;
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted;
            } catch (ClosedChannelException closedByOther) {
                if (attempt == ATTEMPTS_MAX) {
                    throw closedByOther;
                }
            } finally {
                bound.release(held);
            }
        }
    }

    /** Reopens a file at its next use, because another file has taken its place. */
    void forget(int file) throws IOException {
        opening.lock();
        try {
            OpenFileBound.Held held = files.remove(file);
            if (held != null) {
                bound.retire(held);
            }
        } finally {
            opening.unlock();
        }
    }

    /** Closes all open files, those in use when their last user is done; they are reopened on demand. */
    public void forgetAll() throws IOException {
        opening.lock();
        try {
            for (int file : List.copyOf(files.keySet())) {
                forget(file);
            }
        } finally {
            opening.unlock();
        }
    }

    /** The number of open files. */
    int openCount() {
        return files.size();
    }

    /** Closes all files for good, those in use when their last user is done. */
    @Override
    public void close() throws IOException {
        opening.lock();
        try {
            closed = true;
            forgetAll();
        } finally {
            opening.unlock();
        }
    }

    private OpenFileBound.Held acquire(int file) throws IOException {
        opening.lock();
        try {
            if (closed) {
                throw new IOException("the content is closed");
            }
            OpenFileBound.Held held = files.get(file);
            if (held != null && bound.take(held)) {
                return held;
            }
            if (held != null) {
                forget(file);
            }
            OpenFileBound.Held opened = bound.open(file, opener, closing -> files.remove(file, closing));
            files.put(file, opened);
            return opened;
        } finally {
            opening.unlock();
        }
    }
}
