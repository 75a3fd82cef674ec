package io.cairn.dht.node.record;

import io.cairn.dht.RecordStatistics;
import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps held records between runs: restores them at start and saves them off the loop. Does nothing without a journal. */
public final class RecordKeeping {
    private final RecordStore records;
    private final @Nullable RecordSaver saver;
    private final @Nullable RecordRestorer restorer;

    private RecordKeeping(RecordStore records, @Nullable RecordSaver saver, @Nullable RecordRestorer restorer) {
        this.records = records;
        this.saver = saver;
        this.restorer = restorer;
    }

    public static RecordKeeping start(Local local, RecordStore records) {
        RecordJournal journal = local.environment().journal();
        if (journal == null) {
            return new RecordKeeping(records, null, null);
        }
        RecordSaver saver = new RecordSaver(local, journal);
        records.observe(saver);
        RecordRestorer restorer = new RecordRestorer(local, journal, records, saver);
        restorer.start();
        return new RecordKeeping(records, saver, restorer);
    }

    /** Completes once the records held are on disk or saving has failed; never fails. */
    public CompletionStage<Void> saved() {
        return saver == null ? CompletableFuture.completedFuture(null) : saver.saved();
    }

    public RecordStatistics statistics() {
        if (saver == null || restorer == null) {
            return new RecordStatistics(
                    records.size(), records.copies(), records.displaced(), records.refusedEarly(), 0, 0, 0, 0);
        }
        return new RecordStatistics(
                records.size(),
                records.copies(),
                records.displaced(),
                records.refusedEarly(),
                saver.unsaved(),
                saver.failures() + restorer.failures(),
                saver.skipped(),
                restorer.unreadable());
    }

    public void close() {
        if (saver != null && restorer != null) {
            saver.close();
            restorer.close();
        }
    }
}
