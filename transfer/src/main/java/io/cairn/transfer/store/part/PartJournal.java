package io.cairn.transfer.store.part;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.StreamLayout;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the chunks of growing content that are written, and those that are journalled in the state database. The journal is never
 * ahead of the data: a round takes the set of chunks written so far, forces their files to disk, and only then journals the set.
 * Rounds run one at a time in parallel with the writers, which block once they are both a second batch and a second ahead. A power
 * cut therefore costs at most two batches, 64 MiB, or the data of the last second if that is more.
 */
final class PartJournal {
    private static final long INTERVAL_MILLIS = 1_000;
    private static final long BATCH_BYTES = 32 << 20;

    private final Clock clock;
    private final Disk disk;
    private final int chunkCount;
    private final Executor beside;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final Lock round = new ReentrantLock();
    private final Lock state = new ReentrantLock();
    private BitSet written;
    private BitSet journalled;
    private BitSet dirtyFiles = new BitSet();
    private long pendingBytes;
    private boolean forcing;
    private long lastRoundMillis;

    /** @param beside runs rounds */
    PartJournal(Clock clock, Disk disk, ChunkSet resumed, Executor beside) {
        this.beside = beside;
        this.clock = clock;
        this.disk = disk;
        this.chunkCount = resumed.chunkCount();
        this.written = resumed.toBitSet();
        this.journalled = resumed.toBitSet();
        this.lastRoundMillis = clock.monotonicMillis();
    }

    /** The disk as a round uses it. */
    interface Disk {
        /** Forces files to disk. */
        void force(BitSet files) throws IOException;

        /** Writes the journal, with the stamps of these files. */
        void journal(ChunkSet chunks, BitSet files) throws IOException;
    }

    /** The written chunks. */
    ChunkSet written() {
        state.lock();
        try {
            return ChunkSet.of(written, chunkCount);
        } finally {
            state.unlock();
        }
    }

    boolean has(int chunk) {
        state.lock();
        try {
            return written.get(Objects.checkIndex(chunk, chunkCount));
        } finally {
            state.unlock();
        }
    }

    /** Adds a written chunk and starts a round if one is due. If a round failed, its chunks no longer count as written. */
    void add(int chunk, int length, List<StreamLayout.Part> parts) throws IOException {
        boolean due;
        boolean farAhead;
        state.lock();
        try {
            written.set(chunk);
            parts.forEach(part -> dirtyFiles.set(part.file()));
            pendingBytes += length;
            boolean full = pendingBytes >= BATCH_BYTES;
            boolean late = clock.monotonicMillis() - lastRoundMillis >= INTERVAL_MILLIS;
            farAhead = full && late && forcing;
            due = full || late;
        } finally {
            state.unlock();
        }
        if (farAhead) {
            sync();
        } else if (due && begun.compareAndSet(false, true)) {
            beside.execute(this::roundBeside);
        }
        throwFailure();
    }

    /** Removes chunks that are no longer on disk. The next round journals the change and the stamps of these files. */
    void lose(BitSet chunks, BitSet files) {
        state.lock();
        try {
            written.andNot(chunks);
            dirtyFiles.or(files);
        } finally {
            state.unlock();
        }
    }

    /** Runs a round if anything was written since the last. */
    void sync() throws IOException {
        round.lock();
        try {
            doRound();
        } finally {
            round.unlock();
        }
        throwFailure();
    }

    /** Runs a round unless one is running; the next write then finds another round due. */
    private void roundBeside() {
        begun.set(false);
        if (!round.tryLock()) {
            return;
        }
        try {
            doRound();
        } catch (IOException failed) {
            failure.set(failed);
        } finally {
            round.unlock();
        }
    }

    /** Reports the failure of a background round to the next writer. */
    private void throwFailure() throws IOException {
        IOException failed = failure.getAndSet(null);
        if (failed != null) {
            throw failed;
        }
    }

    private void doRound() throws IOException {
        BitSet chunks;
        BitSet files;
        state.lock();
        try {
            lastRoundMillis = clock.monotonicMillis();
            if (written.equals(journalled) && dirtyFiles.isEmpty()) {
                return;
            }
            chunks = (BitSet) written.clone();
            files = dirtyFiles;
            dirtyFiles = new BitSet();
            pendingBytes = 0;
            forcing = true;
        } finally {
            state.unlock();
        }
        boolean safe = false;
        try {
            disk.force(files);
            disk.journal(ChunkSet.of(chunks, chunkCount), files);
            safe = true;
        } finally {
            settle(chunks, files, safe);
        }
    }

    private void settle(BitSet chunks, BitSet files, boolean safe) {
        state.lock();
        try {
            forcing = false;
            if (safe) {
                journalled = chunks;
            } else {
                written = (BitSet) journalled.clone();
                dirtyFiles.or(files);
            }
        } finally {
            state.unlock();
        }
    }
}
