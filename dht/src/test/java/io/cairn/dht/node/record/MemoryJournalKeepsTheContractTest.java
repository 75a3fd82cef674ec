package io.cairn.dht.node.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.env.RecordJournal.Entry;
import io.cairn.testing.RecordJournalContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryJournalKeepsTheContractTest extends RecordJournalContract<Entry> {
    private final MemoryJournal journal = new MemoryJournal();

    @Override
    protected void write(List<Entry> put, List<String> removed) throws IOException {
        journal.write(put, removed);
    }

    @Override
    protected List<Entry> read(String after, int countMax) throws IOException {
        return journal.read(after, countMax);
    }

    @Override
    protected void setFull(boolean isFull) {
        journal.isFull = isFull;
    }

    @Override
    protected void reopen() {
        journal.isFull = false;
    }

    @Override
    protected Entry entry(String name, long expiryMillis, byte[] content) {
        return new Entry(name, expiryMillis, content);
    }

    @Override
    protected String text(Entry entry) {
        return entry.name() + " " + entry.expiryMillis() + " " + Arrays.toString(entry.content());
    }

    @Test
    void whatAJournalIsNotMadeForFailsTheTest() {
        Entry one = entry("a", 1, new byte[1]);
        for (List<Entry> put : List.of(
                List.of(one, one),
                List.of(entry("", 1, new byte[1])),
                List.of(entry("b", 1, new byte[Entry.CONTENT_BYTES_MAX + 1])),
                List.of(entry("removed", 1, new byte[1])))) {
            assertThatThrownBy(() -> write(put, List.of("removed"))).isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> read("", 0)).isInstanceOf(AssertionError.class);
    }
}
