package io.cairn.transfer.store;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.StreamLayout;
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
 * Which chunks of a growing content are written, and which of these the state database may vouch for. The journal is never ahead of the
 * data: a round notes the chunks written so far, forces their files to disk, and only then writes the note to the database. Rounds happen one
 * at a time beside the threads that write; these wait once they are both a second batch and a second ahead. So a power cut costs at most two
 * batches, 64 MiB, or what was written in the last second if that is more.
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

    /** What a round does outside. */
    interface Disk {
        /** Forces files to disk. */
        void force(BitSet files) throws IOException;

        /** Writes the journal, with the stamps of these files. */
        void journal(ChunkSet chunks, BitSet files) throws IOException;
    }

    /** The chunks that are written. */
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

    /** Notes that a chunk was written, and begins a round if one is due. If a round failed, the chunks it was for are no longer had. */
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

    /** Chunks that were written are not on disk any more; told to the journal with the next round, as the stamps of these files. */
    void lose(BitSet chunks, BitSet files) {
        state.lock();
        try {
            written.andNot(chunks);
            dirtyFiles.or(files);
        } finally {
            state.unlock();
        }
    }

    /** Does a round if anything was written since the last. */
    void sync() throws IOException {
        round.lock();
        try {
            doRound();
        } finally {
            round.unlock();
        }
        throwFailure();
    }

    /** Does a round unless one is under way; then whoever writes next finds the next one due. */
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

    /** Tells who writes next that a round beside it failed. */
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
