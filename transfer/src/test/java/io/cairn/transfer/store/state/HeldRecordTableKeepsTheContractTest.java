package io.cairn.transfer.store.state;

import io.cairn.dht.env.RecordJournal.Entry;
import io.cairn.testing.RecordJournalContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class HeldRecordTableKeepsTheContractTest extends RecordJournalContract<Entry> {
    @TempDir
    Path folder;

    private Sqlite sqlite;

    @BeforeEach
    void open() throws IOException {
        StateDatabase.open(file()).close();
        sqlite = Sqlite.open(file(), false);
    }

    @AfterEach
    void close() throws IOException {
        sqlite.close();
    }

    @Override
    protected void write(List<Entry> put, List<String> removed) throws IOException {
        new HeldRecordTable(sqlite).write(put, removed);
    }

    @Override
    protected List<Entry> read(String after, int countMax) throws IOException {
        return new HeldRecordTable(sqlite).read(after, countMax);
    }

    @Override
    protected void setFull(boolean isFull) throws IOException {
        sqlite.query("PRAGMA max_page_count = " + (isFull ? 1 : 100_000), row -> row.getInt(1));
    }

    @Override
    protected void reopen() throws IOException {
        sqlite.close();
        open();
    }

    @Override
    protected Entry entry(String name, long expiryMillis, byte[] content) {
        return new Entry(name, expiryMillis, content);
    }

    @Override
    protected String text(Entry entry) {
        return entry.name() + " " + entry.expiryMillis() + " " + Arrays.toString(entry.content());
    }

    private Path file() {
        return folder.resolve(StateDatabase.FILE_NAME);
    }
}
