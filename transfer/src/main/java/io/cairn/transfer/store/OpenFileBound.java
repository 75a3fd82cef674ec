package io.cairn.transfer.store;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cairn.transfer.content.OutOfDescriptorsException;
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
 * How many files of shares and fetches stay open, over all nodes of this process: descriptors are limited by process. The file used
 * longest ago is closed first; a file in use is never closed, so the bound may be exceeded by the number of threads. Thread-safe; opens
 * and closes files outside its lock.
 */
public final class OpenFileBound {
    /** More bring no speed: opening a file again takes some microseconds. */
    private static final int OPEN_MAX = 512;

    private static final int OPEN_MIN = 16;

    /** What the JVM, its libraries and the database of a node hold open. */
    private static final int OTHERS = 128;

    /** A warning a minute is enough while files cannot be opened. */
    private static final long WARNING_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(OpenFileBound.class);

    private static final OpenFileBound PROCESS = ofProcessWith(descriptorLimit());

    private final long descriptorLimit;
    private final int openMax;
    private final Set<Held> leastRecentFirst = new LinkedHashSet<>();
    private final AtomicLong warnedNanos = new AtomicLong();
    private final Lock lock = new ReentrantLock();

    /** @param descriptorLimit of the process; 0 if it is not known */
    OpenFileBound(long descriptorLimit, int openMax) {
        this.descriptorLimit = descriptorLimit;
        this.openMax = openMax;
    }

    /** The bound of this process. */
    public static OpenFileBound ofProcess() {
        return PROCESS;
    }

    /** Half of what a limit leaves beside the program itself; the other half is for sockets. */
    static OpenFileBound ofProcessWith(long descriptorLimit) {
        long half = (descriptorLimit - OTHERS) / 2;
        return new OpenFileBound(descriptorLimit, (int) Math.max(OPEN_MIN, Math.min(OPEN_MAX, half)));
    }

    /** Most files that stay open. */
    public int openMax() {
        return openMax;
    }

    /** How many files are open now. */
    public int openCount() {
        lock.lock();
        try {
            return leastRecentFirst.size();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files that nobody has used since the call before, so that an idle node keeps no drive busy. */
    public void closeUnused() {
        closeIdle(held -> {
            boolean unused = !held.usedLately;
            held.usedLately = false;
            return unused;
        });
    }

    /**
     * Opens a file for one user; closes others where the bound or the system demands it.
     *
     * @param forget removes it from its owner's table when it is closed for another's sake; called under no lock but this one's
     * @throws OutOfDescriptorsException if the system gives no descriptor although no file is open idly
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
            LOG.warn("cannot open {}; peers wait meanwhile; start with a higher limit (ulimit -n)", out.getMessage());
        }
    }

    /** One user more; false if the file has been closed, so that it is to be opened anew. */
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

    /** One user less; the last of a retired file closes it. */
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

    /** @param choice asked of each idle file, that used longest ago first */
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
                LOG.warn("a file that nobody used was not closed in order: {}", failure.toString());
            }
        }
    }

    /** The reason is in the language of the machine, so where it says something else, another open is tried. */
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

    /** Removes a file from the table of its owner; must not wait. */
    interface Forget {
        void forget(Held held);
    }

    /** Which idle files are closed. */
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
