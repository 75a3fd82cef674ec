package io.cairn.transfer.store;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.StreamLayout;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which chunks of a growing content are written, and which of these the state database may vouch for. The journal is never ahead of the
 * data: a round notes the chunks written so far, forces their files to disk, and only then writes the note to the database. Rounds happen on
 * the threads that write, one at a time; the others go on, but wait once they are a second batch ahead. So a power cut costs at most two
 * batches, 64 MiB.
 */
final class PartJournal {
    private static final long INTERVAL_MILLIS = 1_000;
    private static final long BATCH_BYTES = 32 << 20;

    private final Clock clock;
    private final Disk disk;
    private final int chunkCount;
    private final Lock round = new ReentrantLock();
    private final Lock state = new ReentrantLock();
    private BitSet written;
    private BitSet journalled;
    private BitSet dirtyFiles = new BitSet();
    private long pendingBytes;
    private boolean forcing;
    private long lastRoundMillis;

    PartJournal(Clock clock, Disk disk, ChunkSet resumed) {
        this.clock = clock;
        this.disk = disk;
        this.chunkCount = resumed.chunkCount();
        this.written = resumed.toBitSet();
        this.journalled = resumed.toBitSet();
        this.lastRoundMillis = clock.monotonicMillis();
    }

    /** What a round does outside. */
    interface Disk {
        /** Forces files to disk; their latest time of modification, nanoseconds since 1970. */
        long force(BitSet files) throws IOException;

        /** Writes the journal. */
        void journal(ChunkSet chunks, long modifiedNanos) throws IOException;
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

    /** Notes that a chunk was written, and does a round if one is due. If the round fails, chunks it was for are no longer had. */
    void add(int chunk, int length, List<StreamLayout.Part> parts) throws IOException {
        boolean due;
        boolean farAhead;
        state.lock();
        try {
            written.set(chunk);
            parts.forEach(part -> dirtyFiles.set(part.file()));
            pendingBytes += length;
            boolean full = pendingBytes >= BATCH_BYTES;
            farAhead = full && forcing;
            due = full || clock.monotonicMillis() - lastRoundMillis >= INTERVAL_MILLIS;
        } finally {
            state.unlock();
        }
        if (farAhead) {
            round.lock();
            locked();
        } else if (due && round.tryLock()) {
            locked();
        }
    }

    /** Does a round if anything was written since the last. */
    void sync() throws IOException {
        round.lock();
        locked();
    }

    private void locked() throws IOException {
        try {
            doRound();
        } finally {
            round.unlock();
        }
    }

    private void doRound() throws IOException {
        BitSet chunks;
        BitSet files;
        state.lock();
        try {
            lastRoundMillis = clock.monotonicMillis();
            if (written.equals(journalled)) {
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
            disk.journal(ChunkSet.of(chunks, chunkCount), disk.force(files));
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
