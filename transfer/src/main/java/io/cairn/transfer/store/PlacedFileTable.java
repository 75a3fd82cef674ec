package io.cairn.transfer.store;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of shares of which a part was fetched and placed, by hash and target, with their stamps as they were then: so that a later
 * fetch of more of the share may add to that folder, and knows what need not be fetched again.
 */
final class PlacedFileTable {
    private final Sqlite sqlite;

    PlacedFileTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** The placed files' stamps, by their number in stream order; empty if nothing of the share was placed there. */
    Map<Integer, FileStamp> find(Key hash, Path target) throws IOException {
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>();
        sqlite.query(
                "SELECT position, size, modified_nanos, file_key FROM placed_file WHERE hash = ? AND target = ?"
                        + " ORDER BY position",
                row -> stamps.put(row.getInt(1), new FileStamp(row.getLong(2), row.getLong(3), row.getString(4))),
                hash.toHex(),
                target.toString());
        return stamps;
    }

    /** Adds files, or replaces what was known of them. */
    void put(Key hash, Path target, Map<Integer, FileStamp> stamps) throws IOException {
        List<Object[]> rows = new ArrayList<>();
        stamps.forEach((file, stamp) -> rows.add(new Object[] {
            hash.toHex(), target.toString(), file, stamp.size(), stamp.modifiedNanos(), stamp.fileKey()
        }));
        sqlite.transaction(transaction ->
                transaction.updateAll("INSERT OR REPLACE INTO placed_file VALUES (?, ?, ?, ?, ?, ?)", rows));
    }

    /** Forgets what was placed at a target: all of a share is there now, or something else. */
    void remove(Path target) throws IOException {
        sqlite.update("DELETE FROM placed_file WHERE target = ?", target.toString());
    }
}
