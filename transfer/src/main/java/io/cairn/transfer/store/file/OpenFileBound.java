package io.cairn.transfer.store.file;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cairn.transfer.content.hashing.OutOfDescriptorsException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the open files of shares and fetches across all nodes of this process, since descriptors are limited per process. Closes the least
 * recently used file first, but never a file in use, so the number of threads may exceed the bound. Thread-safe; opens
 * and closes files outside its lock.
 */
public final class OpenFileBound {
    /** More would not be faster: reopening a file takes a few microseconds. */
    private static final int OPEN_MAX = 512;

    private static final int OPEN_MIN = 16;

    /** Descriptors that the JVM, its libraries and the database of a node hold open. */
    private static final int OTHERS = 128;

    /** While files cannot be opened, at most one warning per minute is logged. */
    private static final long WARNING_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(OpenFileBound.class);

    private static final OpenFileBound PROCESS = ofProcessWith(descriptorLimit());

    private final long descriptorLimit;
    private final int openMax;
    private final Set<Held> leastRecentFirst = new LinkedHashSet<>();
    private final AtomicLong warnedNanos = new AtomicLong();
    private final Lock lock = new ReentrantLock();

    /** @param descriptorLimit of the process; 0 if unknown */
    OpenFileBound(long descriptorLimit, int openMax) {
        this.descriptorLimit = descriptorLimit;
        this.openMax = openMax;
    }

    /** The bound of this process. */
    public static OpenFileBound ofProcess() {
        return PROCESS;
    }

    /** Half of the descriptors that the program itself does not need; the other half is for sockets. */
    static OpenFileBound ofProcessWith(long descriptorLimit) {
        long half = (descriptorLimit - OTHERS) / 2;
        return new OpenFileBound(descriptorLimit, (int) Math.max(OPEN_MIN, Math.min(OPEN_MAX, half)));
    }

    /** Most files that stay open. */
    public int openMax() {
        return openMax;
    }

    /** The number of open files. */
    public int openCount() {
        lock.lock();
        try {
            return leastRecentFirst.size();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files unused since the previous call, so that an idle node keeps no drive busy. */
    public void closeUnused() {
        closeIdle(held -> {
            boolean unused = !held.usedLately;
            held.usedLately = false;
            return unused;
        });
    }

    /**
     * Opens a file for one user and closes idle ones if the bound or the system requires it.
     *
     * @param forget removes the file from its owner's table when it is closed to make room; called under no lock but this one's
     * @throws OutOfDescriptorsException if the system has no descriptor left although all idle files are closed
     */
    Held open(int file, OpenFiles.Opener opener, Forget forget) throws IOException {
        makeRoom();
        FileChannel channel;
        try {
            channel = opener.open(file);
        } catch (FileSystemException refused) {
            if (!isOutOfDescriptors(refused)) {
                throw refused;
            }
            closeIdle(held -> true);
            channel = openAtLast(file, opener);
        }
        Held held = new Held(channel, forget);
        lock.lock();
        try {
            leastRecentFirst.add(held);
        } finally {
            lock.unlock();
        }
        return held;
    }

    private FileChannel openAtLast(int file, OpenFiles.Opener opener) throws IOException {
        try {
            return opener.open(file);
        } catch (FileSystemException refused) {
            if (isOutOfDescriptors(refused)) {
                OutOfDescriptorsException out = new OutOfDescriptorsException(refused.getFile(), descriptorLimit);
                out.initCause(refused);
                warn(out);
                throw out;
            }
            throw refused;
        }
    }

    private void warn(OutOfDescriptorsException out) {
        long now = System.nanoTime();
        long before = warnedNanos.get();
        boolean isDue = before == 0 || now - before >= WARNING_NANOS;
        if (isDue && warnedNanos.compareAndSet(before, now)) {
            LOG.warn("cannot open {}; peers have to wait; start with a higher limit (ulimit -n)", out.getMessage());
        }
    }

    /** Adds a user; false if the file has been closed and must be reopened. */
    boolean take(Held held) {
        lock.lock();
        try {
            if (held.retired || !held.channel.isOpen()) {
                return false;
            }
            held.users++;
            held.usedLately = true;
            leastRecentFirst.remove(held);
            leastRecentFirst.add(held);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a user; the last user of a retired file closes it. */
    void release(Held held) throws IOException {
        boolean last;
        lock.lock();
        try {
            held.users--;
            last = held.retired && held.users == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            held.channel.close();
        }
    }

    /** Closes a file, now or when its last user is done. */
    void retire(Held held) throws IOException {
        boolean unused;
        lock.lock();
        try {
            held.retired = true;
            leastRecentFirst.remove(held);
            unused = held.users == 0;
        } finally {
            lock.unlock();
        }
        if (unused) {
            held.channel.close();
        }
    }

    private void makeRoom() {
        int excess = openCount() + 1 - openMax;
        if (excess > 0) {
            int[] left = {excess};
            closeIdle(held -> left[0]-- > 0);
        }
    }

    /** @param choice asked about each idle file, least recently used first */
    private void closeIdle(Choice choice) {
        List<Held> chosen = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Held> next = leastRecentFirst.iterator(); next.hasNext(); ) {
                Held held = next.next();
                if (held.users == 0 && choice.isClosed(held)) {
                    next.remove();
                    held.retired = true;
                    held.forget.forget(held);
                    chosen.add(held);
                }
            }
        } finally {
            lock.unlock();
        }
        for (Held held : chosen) {
            try {
                held.channel.close();
            } catch (IOException failure) {
                LOG.warn("closing an idle file failed: {}", failure.toString());
            }
        }
    }

    /** The reason may be in another language, so an unknown one is checked by opening another file. */
    private static boolean isOutOfDescriptors(FileSystemException refused) {
        if (refused.getClass() != FileSystemException.class) {
            return false;
        }
        String reason = refused.getReason();
        if (reason != null && reason.startsWith("Too many open files")) {
            return true;
        }
        Path always = Path.of("/dev/null");
        if (!Files.exists(always)) {
            return false;
        }
        try (FileChannel opened = FileChannel.open(always, StandardOpenOption.READ)) {
            return !opened.isOpen();
        } catch (IOException neither) {
            return true;
        }
    }

    private static long descriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 0;
    }

    /** Removes a file from its owner's table; must not block. */
    interface Forget {
        void forget(Held held);
    }

    /** Chooses the idle files to close. */
    private interface Choice {
        boolean isClosed(Held held);
    }

    /** An open file; its fields are guarded by the lock of the bound. */
    static final class Held {
        private final FileChannel channel;
        private final Forget forget;
        private int users = 1;
        private boolean usedLately = true;
        private boolean retired;

        private Held(FileChannel channel, Forget forget) {
            this.channel = channel;
            this.forget = forget;
        }

        FileChannel channel() {
            return channel;
        }
    }
}
