package io.cairn.transfer.store.part;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stamp of each partial file as this run last left it. Changes to one file are serialized; a file that differs before a
 * change was touched by another program. Thread-safe.
 */
final class LeftStamps {
    /** Marks a file that another program touched; no real file has this stamp. */
    static final FileStamp TOUCHED = new FileStamp(-1, 0, "");

    private static final int LOCKS = 64;

    private final Key hash;
    private final FileOperations operations;
    private final Map<Integer, FileStamp> left = new ConcurrentHashMap<>();
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
    private volatile boolean tried;
    private volatile boolean keepsMarks;

    LeftStamps(Key hash, FileOperations operations) {
        this.hash = hash;
        this.operations = operations;
    }

    /** Changes a file. */
    interface Change {
        void run() throws IOException;
    }

    /** @param marked whether to mark the file afterwards, because more changes follow */
    void change(int file, Path path, boolean marked, Change change) throws IOException {
        Lock lock = locks[file % LOCKS];
        lock.lock();
        try {
            FileStamp before = left.get(file);
            boolean touched = before != null && !before.equals(FileStamp.ofRegular(path));
            change.run();
            FileStamp after = marked ? mark(path) : FileStamp.ofRegular(path);
            left.put(file, touched || after == null ? TOUCHED : after);
        } finally {
            lock.unlock();
        }
    }

    /** Sets the stamp of a file whose content was verified. */
    void confirm(int file, FileStamp stamp) {
        left.put(file, stamp);
    }

    /** The stamp of a file; {@link #TOUCHED} if unknown. */
    FileStamp of(int file) {
        return left.getOrDefault(file, TOUCHED);
    }

    /** The files that differ from how this run left them; one system call each. */
    BitSet differing(BitSet files, IntFunction<Path> paths) throws IOException {
        BitSet differing = new BitSet();
        for (int file = files.nextSetBit(0); file >= 0; file = files.nextSetBit(file + 1)) {
            differing.set(file, !of(file).equals(FileStamp.ofRegular(paths.apply(file))));
        }
        return differing;
    }

    private @Nullable FileStamp mark(Path path) throws IOException {
        FileStamp written = FileStamp.ofRegular(path);
        if (written == null || tried && !keepsMarks) {
            return written;
        }
        FileStamp marked = WriteMark.on(hash, written);
        operations.setModified(path, marked.modifiedNanos());
        if (!tried) {
            keepsMarks = marked.equals(FileStamp.ofRegular(path)); // vfat and others keep coarser times
            tried = true;
        }
        return keepsMarks ? marked : FileStamp.ofRegular(path);
    }
}
