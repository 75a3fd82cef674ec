package io.cairn.dht.node.record;

import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.SavedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restores the records that the node held in its last run: page by page, verified by a worker as if a stranger had sent them, and stored as
 * far as the quotas allow. Entries that are damaged, expired or no longer wanted are removed from the journal. The node serves during the
 * restore.
 */
final class RecordRestorer {
    /** Entries per page: a worker verifies them in about 30 milliseconds. */
    private static final int PAGE_ENTRIES = 512;

    private final Local local;
    private final RecordJournal journal;
    private final RecordStore records;
    private final RecordSaver saver;
    private long failures;
    private long unreadable;
    private boolean isClosed;

    RecordRestorer(Local local, RecordJournal journal, RecordStore records, RecordSaver saver) {
        this.local = local;
        this.journal = journal;
        this.records = records;
        this.saver = saver;
    }

    void start() {
        readAfter("");
    }

    void close() {
        isClosed = true;
    }

    /** Failed reads; each ends the restore, leaving the rest of the journal unread. */
    long failures() {
        return failures;
    }

    /** Damaged entries. */
    long unreadable() {
        return unreadable;
    }

    private void readAfter(String name) {
        long wallMillis = local.wallMillis();
        PatientWork.offload(local.environment().scheduler(), () -> read(name, wallMillis), this::arrived);
    }

    /** Runs on a worker. */
    private Page read(String after, long wallMillis) throws IOException {
        List<RecordJournal.Entry> entries = journal.read(after, PAGE_ENTRIES);
        List<SavedBatch> valid = new ArrayList<>();
        List<String> useless = new ArrayList<>();
        int damaged = 0;
        for (RecordJournal.Entry entry : entries) {
            SavedBatch saved = decoded(entry);
            damaged += saved == null ? 1 : 0;
            if (saved == null || saved.batch().statement().expiryMillis() <= wallMillis) {
                useless.add(entry.name());
            } else {
                valid.add(saved);
            }
        }
        String last = entries.size() < PAGE_ENTRIES
                ? null
                : entries.get(PAGE_ENTRIES - 1).name();
        return new Page(valid, useless, damaged, last);
    }

    private static @Nullable SavedBatch decoded(RecordJournal.Entry entry) {
        try {
            SavedBatch saved = SavedBatch.of(entry.content());
            boolean isTrue = RecordSaver.nameOf(saved.batch()).equals(entry.name())
                    && saved.batch().isSignedByPublisher();
            return isTrue ? saved : null;
        } catch (MalformedException damaged) {
            return null; // the caller counts the failure
        }
    }

    private void arrived(@Nullable Page page, @Nullable Throwable failure) {
        if (isClosed) {
            return;
        }
        if (page == null) {
            failures++;
            return;
        }
        unreadable += page.damaged();
        page.useless().forEach(saver::dropped);
        saver.restoring(() -> page.valid().forEach(this::takeUp));
        if (page.last() != null) {
            readAfter(page.last());
        }
    }

    private void takeUp(SavedBatch saved) {
        Contact witness = new Contact(local.id(), saved.from()); // the sender's id is not saved
        int accepted = records.storeVerified(saved.batch(), witness, local.wallMillis())
                .accepted();
        if (accepted == 0) {
            saver.dropped(saved.batch());
        }
    }

    /**
     * @param useless the names of entries that are damaged or expired
     * @param damaged how many of them are damaged
     * @param last the name to continue after; null at the end of the journal
     */
    private record Page(
            List<SavedBatch> valid,
            List<String> useless,
            int damaged,
            @Nullable String last) {}
}
