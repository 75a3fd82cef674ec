package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The placed files of partly fetched shares and of copies, by hash and target, with their stamps at that time. A later fetch
 * of the share may add to that folder and skips the files that are unchanged.
 */
public final class PlacedFileTable {
    private final Sqlite sqlite;

    PlacedFileTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** The stamps of the placed files, by file number in stream order; empty if nothing of the share was placed there. */
    public Map<Integer, FileStamp> find(Key hash, Path target) throws IOException {
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>();
        sqlite.query(
                "SELECT position, size, modified_nanos, file_key FROM placed_file WHERE hash = ? AND target = ?"
                        + " ORDER BY position",
                row -> stamps.put(row.getInt(1), new FileStamp(row.getLong(2), row.getLong(3), row.getString(4))),
                hash.toHex(),
                target.toString());
        return stamps;
    }

    /** Adds files, or replaces their stamps. */
    public void put(Key hash, Path target, Map<Integer, FileStamp> stamps) throws IOException {
        List<Object[]> rows = new ArrayList<>();
        stamps.forEach((file, stamp) -> rows.add(new Object[] {
            hash.toHex(), target.toString(), file, stamp.size(), stamp.modifiedNanos(), stamp.fileKey()
        }));
        sqlite.transaction(transaction ->
                transaction.updateAll("INSERT OR REPLACE INTO placed_file VALUES (?, ?, ?, ?, ?, ?)", rows));
    }

    /** Removes the files placed at a target: it now holds a whole share or something else. */
    public void remove(Path target) throws IOException {
        sqlite.update("DELETE FROM placed_file WHERE target = ?", target.toString());
    }
}
