package io.cairn.dht.node.record;

import io.cairn.dht.env.RecordJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A journal that outlives its node as a file would, and can be full. */
final class MemoryJournal implements RecordJournal {
    final TreeMap<String, Entry> entries = new TreeMap<>();
    boolean isFull;
    int writes;

    @Override
    public void write(List<Entry> put, List<String> removed) throws IOException {
        writes++;
        if (isFull) {
            throw new IOException("no space left");
        }
        removed.forEach(entries::remove);
        put.forEach(entry -> entries.put(entry.name(), entry));
    }

    @Override
    public List<Entry> read(String after, int countMax) throws IOException {
        if (isFull) {
            throw new IOException("cannot be read");
        }
        return new ArrayList<>(
                entries.tailMap(after, false).values().stream().limit(countMax).toList());
    }
}
