package io.cairn.dht.node.record;

import io.cairn.dht.env.RecordJournal;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A journal that outlives its node as a file would, and can be full. Stricter than reality: what the port does not allow is an error, which
 * no caller takes for a failure of the disk.
 */
final class MemoryJournal implements RecordJournal {
    final TreeMap<String, Entry> entries = new TreeMap<>();
    boolean isFull;
    int writes;

    @Override
    public synchronized void write(List<Entry> put, List<String> removed) throws IOException {
        Set<String> names = new HashSet<>(removed);
        for (Entry entry : put) {
            require(names.add(entry.name()), "a name twice in one write");
            require(!entry.name().isEmpty(), "an entry without a name");
            require(entry.content().length <= Entry.CONTENT_BYTES_MAX, "content that is too long");
        }
        writes++;
        if (isFull) {
            throw new IOException("no space left");
        }
        removed.forEach(entries::remove);
        put.forEach(entry -> entries.put(entry.name(), entry));
    }

    @Override
    public synchronized List<Entry> read(String after, int countMax) throws IOException {
        require(countMax >= 1, "a page without entries");
        if (isFull) {
            throw new IOException("cannot be read");
        }
        return entries.tailMap(after, false).values().stream().limit(countMax).toList();
    }

    private static void require(boolean isKept, String violation) {
        if (!isKept) {
            throw new AssertionError(violation);
        }
    }
}
