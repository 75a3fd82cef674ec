package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.HashJournal;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The chunk digests of interrupted hashing, in the state database. Kept for thirty days. */
public final class HashJournalTable implements HashJournal {
    private final Sqlite sqlite;

    HashJournalTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    @Override
    public Map<Key, byte[]> read() throws IOException {
        Map<Key, byte[]> digests = new HashMap<>();
        sqlite.query(
                "SELECT place, digests FROM hashed_chunk",
                row -> digests.put(Key.fromHex(row.getString(1)), row.getBytes(2)));
        return digests;
    }

    @Override
    public void write(Map<Key, byte[]> digests) throws IOException {
        List<Object[]> rows = digests.entrySet().stream()
                .map(entry -> new Object[] {entry.getKey().toHex(), entry.getValue()})
                .toList();
        sqlite.transaction(transaction -> {
            transaction.update("DELETE FROM hashed_chunk WHERE hashed_at < datetime('now', '-30 days')");
            transaction.updateAll("INSERT OR REPLACE INTO hashed_chunk (place, digests) VALUES (?, ?)", rows);
        });
    }

    @Override
    public void remove(Collection<Key> places) throws IOException {
        List<Object[]> rows =
                places.stream().map(place -> new Object[] {place.toHex()}).toList();
        sqlite.transaction(transaction -> transaction.updateAll("DELETE FROM hashed_chunk WHERE place = ?", rows));
    }
}
