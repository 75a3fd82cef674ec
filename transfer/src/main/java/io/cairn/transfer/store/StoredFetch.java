package io.cairn.transfer.store;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import java.nio.file.Path;

/**
 * An unfinished fetch as it is remembered.
 *
 * @param target where the share is to be
 * @param part the partial file or folder
 * @param chunks those that were safely on disk when the journal was last written
 * @param partModifiedNanos latest modification of the partial files then, nanoseconds since 1970; 0 before the first time
 * @param keepSharing whether to share it when it is complete
 * @param createdMillis when the fetch began, wall-clock milliseconds since 1970
 */
public record StoredFetch(
        Manifest manifest,
        Path target,
        Path part,
        ChunkSet chunks,
        long partModifiedNanos,
        FetchState state,
        boolean keepSharing,
        long createdMillis) {
    public Key hash() {
        return manifest.hash();
    }
}
