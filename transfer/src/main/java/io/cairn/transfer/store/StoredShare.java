package io.cairn.transfer.store;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.content.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * A share as it is remembered.
 *
 * @param path the file or folder that is served in place
 * @param stamps of its files in stream order, as they were when it was hashed
 * @param addedMillis when it was shared, wall-clock milliseconds since 1970
 * @param publishedMillis when it was first published as a whole, likewise, if it has been served since; else 0
 * @param uploadedBytes served of it, in all runs
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
