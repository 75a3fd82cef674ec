package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The unfinished fetches of a node, by hash and target, each with the journal of its chunks. */
public final class FetchTable implements FetchJournal {
    private static final String COLUMNS =
            "SELECT hash, target, part, manifest, state, keep_sharing, created_millis, chunks"
                    + " FROM fetch JOIN fetch_journal USING (hash, target) ";

    private final Sqlite sqlite;

    FetchTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    @Override
    public Optional<StoredFetch> find(Key hash, Path target) throws IOException {
        return sqlite
                .query(COLUMNS + "WHERE hash = ? AND target = ?", this::read, hash.toHex(), target.toString())
                .stream()
                .findFirst();
    }

    /** All fetches of a hash, oldest first. */
    public List<StoredFetch> find(Key hash) throws IOException {
        return sqlite.query(COLUMNS + "WHERE hash = ? ORDER BY created_millis, target", this::read, hash.toHex());
    }

    /** All fetches to a target, oldest first. */
    public List<StoredFetch> at(Path target) throws IOException {
        return sqlite.query(COLUMNS + "WHERE target = ? ORDER BY created_millis", this::read, target.toString());
    }

    /** All fetches, oldest first. */
    public List<StoredFetch> all() throws IOException {
        return sqlite.query(COLUMNS + "ORDER BY created_millis, target", this::read);
    }

    /** Sets a fetch's state. */
    public void setState(Key hash, Path target, StoredFetchState state) throws IOException {
        sqlite.update(
                "UPDATE fetch SET state = ? WHERE hash = ? AND target = ?",
                state.name(),
                hash.toHex(),
                target.toString());
    }

    @Override
    public void put(StoredFetch fetch) throws IOException {
        sqlite.transaction(transaction -> {
            String hash = fetch.hash().toHex();
            String target = fetch.target().toString();
            transaction.update("DELETE FROM fetch WHERE hash = ? AND target = ?", hash, target);
            transaction.update(
                    "INSERT INTO fetch VALUES (?, ?, ?, ?, ?, ?, ?)",
                    hash,
                    target,
                    fetch.part().toString(),
                    fetch.manifest().toBytes(),
                    fetch.state().name(),
                    fetch.keepSharing() ? 1 : 0,
                    fetch.createdMillis());
            transaction.update(
                    "INSERT INTO fetch_journal VALUES (?, ?, ?)",
                    hash,
                    target,
                    fetch.chunks().toBytes());
            putStamps(transaction, hash, target, fetch.stamps());
        });
    }

    @Override
    public void journal(Key hash, Path target, ChunkSet chunks, Map<Integer, FileStamp> stamps) throws IOException {
        sqlite.transaction(transaction -> {
            int rows = transaction.update(
                    "UPDATE fetch_journal SET chunks = ? WHERE hash = ? AND target = ?",
                    chunks.toBytes(),
                    hash.toHex(),
                    target.toString());
            if (rows == 0) {
                throw new StateDatabaseException(
                        StateDatabaseException.Trouble.DAMAGED,
                        "the state database has lost the fetch of " + hash.toHex());
            }
            putStamps(transaction, hash.toHex(), target.toString(), stamps);
        });
    }

    private static void putStamps(Sqlite transaction, String hash, String target, Map<Integer, FileStamp> stamps)
            throws StateDatabaseException {
        List<Object[]> rows = new ArrayList<>();
        stamps.forEach((file, stamp) ->
                rows.add(new Object[] {hash, target, file, stamp.size(), stamp.modifiedNanos(), stamp.fileKey()}));
        if (!rows.isEmpty()) {
            transaction.updateAll("INSERT OR REPLACE INTO fetch_file VALUES (?, ?, ?, ?, ?, ?)", rows);
        }
    }

    private Map<Integer, FileStamp> stamps(String hash, String target) throws StateDatabaseException {
        Map<Integer, FileStamp> stamps = new HashMap<>();
        sqlite.query(
                "SELECT position, size, modified_nanos, file_key FROM fetch_file WHERE hash = ? AND target = ?",
                row -> stamps.put(row.getInt(1), new FileStamp(row.getLong(2), row.getLong(3), row.getString(4))),
                hash,
                target);
        return stamps;
    }

    @Override
    public void remove(Key hash, Path target) throws IOException {
        sqlite.update("DELETE FROM fetch WHERE hash = ? AND target = ?", hash.toHex(), target.toString());
    }

    private StoredFetch read(ResultSet row) throws SQLException, StateDatabaseException {
        Manifest manifest = ShareTable.manifest(row.getString(1), row.getBytes(4));
        try {
            return new StoredFetch(
                    manifest,
                    Path.of(row.getString(2)),
                    Path.of(row.getString(3)),
                    ChunkSet.fromBytes(row.getBytes(8), manifest.chunkCount()),
                    stamps(row.getString(1), row.getString(2)),
                    StoredFetchState.valueOf(row.getString(5)),
                    row.getInt(6) != 0,
                    row.getLong(7));
        } catch (IllegalArgumentException damaged) {
            throw new StateDatabaseException(
                    StateDatabaseException.Trouble.DAMAGED,
                    "the state database holds a damaged fetch of " + row.getString(1),
                    damaged);
        }
    }
}
