package io.cairn.transfer.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of one share, opened when they are needed, of which at most so many stay open: those used last. Thread-safe; several
 * threads may use one channel at once, and a channel in use is not closed, so the bound may be exceeded by the number of threads.
 * Opening happens under the lock.
 */
final class OpenFiles implements Closeable {
    /** Most channels that stay open for one share: well below the usual 1,024 descriptors a process. */
    static final int OPEN_MAX = 64;

    private static final int ATTEMPTS_MAX = 3;

    private final Opener opener;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Lock lock = new ReentrantLock();
    private boolean closed;

    OpenFiles(Opener opener) {
        this.opener = opener;
    }

    /** Opens a file of the share. */
    interface Opener {
        FileChannel open(int file) throws IOException;
    }

    /** What is done with an open file. Done again from the start if another thread's interrupt closed the channel meanwhile. */
    interface Work {
        void run(FileChannel channel) throws IOException;
    }

    void use(int file, Work work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Entry entry = acquire(file);
            try {
                work.run(entry.channel);
                return;
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted;
            } catch (ClosedChannelException closedByOther) {
                if (attempt == ATTEMPTS_MAX) {
                    throw closedByOther;
                }
            } finally {
                release(entry);
            }
        }
    }

    /** Opens a file anew at its next use, because another file is in its place now. */
    void forget(int file) throws IOException {
        lock.lock();
        try {
            Entry entry = entries.remove(file);
            if (entry != null) {
                entry.retire();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes all that is open; files are opened anew when they are needed. */
    void forgetAll() throws IOException {
        lock.lock();
        try {
            for (Entry entry : entries.values()) {
                entry.retire();
            }
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many files are open now. */
    int openCount() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all; channels in use when their user is done. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            forgetAll();
        } finally {
            lock.unlock();
        }
    }

    private Entry acquire(int file) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the content is closed");
            }
            Entry entry = entries.get(file);
            if (entry == null || !entry.channel.isOpen()) {
                entry = new Entry(opener.open(file));
                entries.put(file, entry);
            }
            entry.users++;
            evict();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void evict() throws IOException {
        Iterator<Entry> leastRecentFirst = entries.values().iterator();
        while (entries.size() > OPEN_MAX && leastRecentFirst.hasNext()) {
            Entry entry = leastRecentFirst.next();
            if (entry.users == 0) {
                leastRecentFirst.remove();
                entry.retire();
            }
        }
    }

    private void release(Entry entry) throws IOException {
        lock.lock();
        try {
            entry.users--;
            if (entry.retired) {
                entry.retire();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An open file; its fields are guarded by the lock. */
    private static final class Entry {
        private final FileChannel channel;
        private int users;
        private boolean retired;

        Entry(FileChannel channel) {
            this.channel = channel;
        }

        void retire() throws IOException {
            retired = true;
            if (users == 0) {
                channel.close();
            }
        }
    }
}
