package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shares of a node, by hash. */
public final class ShareTable {
    private static final String COLUMNS =
            "SELECT hash, path, manifest, added_millis, published_millis, uploaded_bytes FROM share ";

    private final Sqlite sqlite;

    ShareTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Adds a share, or replaces the one with its hash. */
    public void put(StoredShare share) throws IOException {
        String hash = share.hash().toHex();
        List<Object[]> stamps = new ArrayList<>();
        for (int i = 0; i < share.stamps().size(); i++) {
            FileStamp stamp = share.stamps().get(i);
            stamps.add(new Object[] {hash, i, stamp.size(), stamp.modifiedNanos(), stamp.fileKey()});
        }
        sqlite.transaction(transaction -> {
            transaction.update("DELETE FROM share WHERE hash = ?", hash);
            transaction.update(
                    "INSERT INTO share VALUES (?, ?, ?, ?, ?, ?, ?)",
                    hash,
                    share.manifest().name(),
                    share.path().toString(),
                    share.manifest().toBytes(),
                    share.addedMillis(),
                    share.publishedMillis(),
                    share.uploadedBytes());
            transaction.updateAll("INSERT INTO share_file VALUES (?, ?, ?, ?, ?)", stamps);
        });
    }

    /** The share with a hash. */
    public Optional<StoredShare> find(Key hash) throws IOException {
        return sqlite.query(COLUMNS + "WHERE hash = ?", this::read, hash.toHex()).stream()
                .findFirst();
    }

    /** The shares of a path, newest first: the current one, and those from before its files changed. */
    public List<StoredShare> at(Path path) throws IOException {
        return sqlite.query(COLUMNS + "WHERE path = ? ORDER BY added_millis DESC", this::read, path.toString());
    }

    /** All shares, by name. */
    public List<StoredShare> all() throws IOException {
        return sqlite.query(COLUMNS + "ORDER BY name, hash", this::read);
    }

    /** The hashes of all shares, by name. */
    public List<Key> hashes() throws IOException {
        return sqlite.query("SELECT hash FROM share ORDER BY name, hash", row -> Key.fromHex(row.getString(1)));
    }

    /** Marks shares as not published. */
    public void notPublished(Collection<Key> hashes) throws IOException {
        List<Object[]> rows =
                hashes.stream().map(hash -> new Object[] {hash.toHex()}).toList();
        sqlite.transaction(
                transaction -> transaction.updateAll("UPDATE share SET published_millis = 0 WHERE hash = ?", rows));
    }

    /** Stores the time when a share was first published completely. */
    public void published(Key hash, long wallMillis) throws IOException {
        sqlite.update("UPDATE share SET published_millis = ? WHERE hash = ?", wallMillis, hash.toHex());
    }

    /** Adds to the uploaded bytes of shares. */
    public void addUploaded(Map<Key, Long> bytes) throws IOException {
        List<Object[]> rows = bytes.entrySet().stream()
                .map(upload -> new Object[] {upload.getValue(), upload.getKey().toHex()})
                .toList();
        sqlite.transaction(transaction ->
                transaction.updateAll("UPDATE share SET uploaded_bytes = uploaded_bytes + ? WHERE hash = ?", rows));
    }

    /** Deletes a share; returns whether it existed. */
    public boolean remove(Key hash) throws IOException {
        return sqlite.update("DELETE FROM share WHERE hash = ?", hash.toHex()) > 0;
    }

    private StoredShare read(ResultSet row) throws SQLException, StateDatabaseException {
        List<FileStamp> stamps = sqlite.query(
                "SELECT size, modified_nanos, file_key FROM share_file WHERE hash = ? ORDER BY position",
                file -> new FileStamp(file.getLong(1), file.getLong(2), file.getString(3)),
                row.getString(1));
        Manifest manifest = manifest(row.getString(1), row.getBytes(3));
        if (stamps.size() != manifest.files().size()) {
            throw new StateDatabaseException(
                    StateDatabaseException.Trouble.DAMAGED,
                    "the state database has lost files of share " + row.getString(1));
        }
        return new StoredShare(
                manifest, Path.of(row.getString(2)), stamps, row.getLong(4), row.getLong(5), row.getLong(6));
    }

    static Manifest manifest(String hash, byte[] encoded) throws StateDatabaseException {
        try {
            Manifest manifest = ManifestCodec.parse(encoded);
            if (manifest.hash().toHex().equals(hash)) {
                return manifest;
            }
            throw new StateDatabaseException(
                    StateDatabaseException.Trouble.DAMAGED, "the state database holds a damaged manifest of " + hash);
        } catch (InvalidManifestException damaged) {
            throw new StateDatabaseException(
                    StateDatabaseException.Trouble.DAMAGED,
                    "the state database holds a damaged manifest of " + hash,
                    damaged);
        }
    }
}
