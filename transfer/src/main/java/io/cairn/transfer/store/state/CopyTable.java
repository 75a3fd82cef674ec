package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The copies that fetches keep up to date, by target: the versions that their files are of. Between updates a copy has one version; during an
 * update, and after an interrupted one, its files are of several.
 */
public final class CopyTable {
    private final Sqlite sqlite;
    private final PlacedFileTable placedFiles;

    CopyTable(Sqlite sqlite, PlacedFileTable placedFiles) {
        this.sqlite = sqlite;
        this.placedFiles = placedFiles;
    }

    /** The versions of the copy at a target, newest first. */
    public List<CopyVersion> versions(Path target) throws IOException {
        List<Manifest> manifests = sqlite.query(
                "SELECT hash, manifest FROM copy WHERE target = ? ORDER BY rowid DESC",
                row -> ShareTable.manifest(row.getString(1), row.getBytes(2)),
                target.toString());
        List<CopyVersion> versions = new ArrayList<>();
        for (Manifest manifest : manifests) {
            versions.add(new CopyVersion(manifest, placedFiles.find(manifest.hash(), target)));
        }
        return versions;
    }

    /** Adds a version, which becomes the newest, and the stamps of some of its files. */
    public void put(Path target, Manifest manifest, Map<Integer, FileStamp> stamps) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO copy VALUES (?, ?, ?)",
                target.toString(),
                manifest.hash().toHex(),
                manifest.toBytes());
        placedFiles.put(manifest.hash(), target, stamps);
    }

    /** Removes all versions but one: the copy is up to date. */
    public void keepOnly(Path target, Key hash) throws IOException {
        sqlite.transaction(transaction -> {
            transaction.update("DELETE FROM copy WHERE target = ? AND hash <> ?", target.toString(), hash.toHex());
            transaction.update(
                    "DELETE FROM placed_file WHERE target = ? AND hash <> ?", target.toString(), hash.toHex());
        });
    }

    /**
     * A version of a share of which a copy on this machine has files.
     *
     * @param stamps the stamps with which this node left the version's files there, by file number in stream order
     */
    public record CopyVersion(Manifest manifest, Map<Integer, FileStamp> stamps) {
        public CopyVersion {
            stamps = Map.copyOf(stamps);
        }
    }
}
