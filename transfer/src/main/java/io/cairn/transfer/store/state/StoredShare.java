package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * A stored share.
 *
 * @param path the file or folder served in place
 * @param stamps the stamps of its files when they were hashed, in stream order
 * @param addedMillis when it was shared, wall-clock milliseconds since 1970
 * @param publishedMillis when it was first published completely, likewise, if it has been served since; else 0
 * @param uploadedBytes bytes uploaded in all runs
 */
public record StoredShare(
        Manifest manifest,
        Path path,
        List<FileStamp> stamps,
        long addedMillis,
        long publishedMillis,
        long uploadedBytes) {
    public StoredShare {
        stamps = List.copyOf(stamps);
        if (stamps.size() != manifest.files().size()) {
            throw new IllegalArgumentException(
                    stamps.size() + " stamps for " + manifest.files().size() + " files");
        }
    }

    public Key hash() {
        return manifest.hash();
    }
}
