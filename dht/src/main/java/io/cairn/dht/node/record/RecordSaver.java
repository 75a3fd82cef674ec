package io.cairn.dht.node.record;

import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.SavedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Saves held records off the loop. Changes are collected for a second or up to a thousand batches, whichever comes first, and a worker then
 * writes them, one write at a time. A crash loses the changes since the last write; a clean stop that waits for {@link #saved} loses none.
 * A failed write is counted and retried after a pause that doubles. Until it succeeds the node keeps working in memory, and changes beyond
 * {@value #PENDING_MAX} are not saved.
 */
final class RecordSaver implements RecordStore.Observer {
    private static final long DELAY_MILLIS = 1_000;
    private static final int CHANGES_MAX = 1_000;

    /** Changes per write: limits the memory for encoding to about a megabyte. */
    private static final int CHANGES_PER_WRITE_MAX = 4_096;

    /** Changes that wait while writes fail: about 100 bytes each, since the batches are in memory anyway. */
    private static final int PENDING_MAX = 100_000;

    private static final long PAUSE_MILLIS_MAX = 64_000;

    private final Local local;
    private final RecordJournal journal;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private Map<String, Change> pending = new LinkedHashMap<>();
    private @Nullable Timer timer;
    private long pauseMillis;
    private int inFlight;
    private long failures;
    private long skipped;
    private boolean isRestoring;
    private boolean isClosed;

    RecordSaver(Local local, RecordJournal journal) {
        this.local = local;
        this.journal = journal;
    }

    /** The name of a batch in the journal: each batch has a different signature. */
    static String nameOf(RecordBatch batch) {
        return Key.ofContent(batch.signature().toBytes()).toHex();
    }

    @Override
    public void kept(RecordBatch batch, Endpoint from) {
        if (isRestoring) {
            pending.remove(nameOf(batch));
        } else {
            add(nameOf(batch), new Change(new SavedBatch(batch, from)));
        }
    }

    /** Runs a step that keeps batches which are already saved. */
    void restoring(Runnable keeping) {
        isRestoring = true;
        keeping.run();
        isRestoring = false;
    }

    @Override
    public void dropped(RecordBatch batch) {
        dropped(nameOf(batch));
    }

    @Override
    public void copied() {
        // copies are too short-lived to save
    }

    /** A saved entry is no longer needed. */
    void dropped(String name) {
        add(name, new Change(null));
    }

    /** Writes pending changes; completes once all are on disk or a write has failed. Never fails. */
    CompletionStage<Void> saved() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        waiting.add(result);
        if (inFlight == 0) {
            write();
        }
        return result;
    }

    /** Stops writing. */
    void close() {
        isClosed = true;
        cancelTimer();
    }

    /** Changes not yet on disk. */
    int unsaved() {
        return pending.size() + inFlight;
    }

    /** Failed writes. */
    long failures() {
        return failures;
    }

    /** Changes that were dropped because too many were pending. */
    long skipped() {
        return skipped;
    }

    private void add(String name, Change change) {
        if (pending.size() >= PENDING_MAX && !pending.containsKey(name)) {
            skipped++;
            return;
        }
        pending.put(name, change);
        plan();
    }

    private void plan() {
        if (isClosed || inFlight > 0 || pending.isEmpty()) {
            return;
        }
        if (pending.size() >= CHANGES_MAX && pauseMillis == 0) {
            write();
        } else if (timer == null) {
            timer = local.environment().scheduler().schedule(Math.max(DELAY_MILLIS, pauseMillis), this::write);
        }
    }

    private void write() {
        cancelTimer();
        if (isClosed || pending.isEmpty()) {
            waiting.forEach(one -> one.complete(null));
            waiting.clear();
            return;
        }
        Map<String, Change> changes = take();
        inFlight = changes.size();
        local.environment()
                .scheduler()
                .offload(
                        () -> {
                            write(changes);
                            return changes;
                        },
                        (done, failure) -> written(changes, failure));
    }

    private Map<String, Change> take() {
        if (pending.size() <= CHANGES_PER_WRITE_MAX) {
            Map<String, Change> all = pending;
            pending = new LinkedHashMap<>();
            return all;
        }
        Map<String, Change> first = new LinkedHashMap<>();
        Iterator<Map.Entry<String, Change>> entries = pending.entrySet().iterator();
        while (first.size() < CHANGES_PER_WRITE_MAX) {
            Map.Entry<String, Change> entry = entries.next();
            first.put(entry.getKey(), entry.getValue());
            entries.remove();
        }
        return first;
    }

    private void write(Map<String, Change> changes) throws IOException {
        List<RecordJournal.Entry> put = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        changes.forEach((name, change) -> {
            SavedBatch saved = change.saved();
            if (saved == null) {
                removed.add(name);
            } else {
                long expiryMillis = saved.batch().statement().expiryMillis();
                put.add(new RecordJournal.Entry(name, expiryMillis, saved.toBytes()));
            }
        });
        journal.write(put, removed);
    }

    private void written(Map<String, Change> changes, @Nullable Throwable failure) {
        inFlight = 0;
        if (failure == null) {
            pauseMillis = 0;
        } else {
            failures++;
            pauseMillis = Math.min(PAUSE_MILLIS_MAX, Math.max(DELAY_MILLIS, 2 * pauseMillis));
            changes.putAll(pending); // later changes win
            pending = changes;
        }
        if (!waiting.isEmpty() && failure == null) {
            write();
            return;
        }
        waiting.forEach(one -> one.complete(null));
        waiting.clear();
        plan();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** @param saved the batch to write; null to remove it */
    private record Change(@Nullable SavedBatch saved) {}
}
