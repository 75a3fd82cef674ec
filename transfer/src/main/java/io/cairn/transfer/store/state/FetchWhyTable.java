package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Why the latest attempt to fetch each hash ended as it did, as JSON: the last hundred. */
public final class FetchWhyTable {
    /** Hashes remembered: a day's work, each a few KiB, at most 40. */
    public static final int HASHES_MAX = 100;

    private final Sqlite sqlite;

    FetchWhyTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Adds or replaces that of a hash; forgets the oldest beyond {@link #HASHES_MAX}. */
    public void put(Key hash, long endedMillis, String why) throws IOException {
        sqlite.transaction(transaction -> {
            transaction.update("INSERT OR REPLACE INTO fetch_why VALUES (?, ?, ?)", hash.toHex(), endedMillis, why);
            transaction.update(
                    "DELETE FROM fetch_why WHERE rowid NOT IN"
                            + " (SELECT rowid FROM fetch_why ORDER BY rowid DESC LIMIT ?)",
                    HASHES_MAX);
        });
    }

    /** That of a hash. */
    public Optional<String> find(Key hash) throws IOException {
        return isThere()
                ? sqlite
                        .query("SELECT why FROM fetch_why WHERE hash = ?", row -> row.getString(1), hash.toHex())
                        .stream()
                        .findFirst()
                : Optional.empty();
    }

    /** All, oldest first. */
    public Map<Key, String> all() throws IOException {
        Map<Key, String> all = new LinkedHashMap<>();
        if (isThere()) {
            sqlite.query(
                    "SELECT hash, why FROM fetch_why ORDER BY rowid",
                    row -> all.put(Key.fromHex(row.getString(1)), row.getString(2)));
        }
        return all;
    }

    /** It is missing in a database that an older version wrote and that is only read. */
    private boolean isThere() throws IOException {
        return !sqlite.query("SELECT 1 FROM sqlite_master WHERE name = 'fetch_why'", row -> 1)
                .isEmpty();
    }
}
