package io.cairn.transfer.store;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.content.Manifest;
import java.nio.file.Path;
import java.util.Map;

/**
 * An unfinished fetch as it is remembered.
 *
 * @param target where the share is to be
 * @param part the partial file or folder
 * @param chunks those that were safely on disk when the journal was last written
 * @param stamps of the partial files that hold them, by their number in stream order, as the fetch left them then
 * @param keepSharing whether to share it when it is complete
 * @param createdMillis when the fetch began, wall-clock milliseconds since 1970
 */
public record StoredFetch(
        Manifest manifest,
        Path target,
        Path part,
        ChunkSet chunks,
        Map<Integer, FileStamp> stamps,
        StoredFetchState state,
        boolean keepSharing,
        long createdMillis) {
    public StoredFetch {
        stamps = Map.copyOf(stamps);
    }

    public Key hash() {
        return manifest.hash();
    }
}
