package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
import java.util.Map;

/**
 * A stored unfinished fetch.
 *
 * @param target the future place of the share
 * @param part the partial file or folder
 * @param chunks the chunks safely on disk when the journal was last written
 * @param stamps the stamps at that time of the partial files that hold them, by file number in stream order
 * @param keepSharing whether to share it when it is complete
 * @param createdMillis start of the fetch, wall-clock milliseconds since 1970
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

    /** What the next start does with an unfinished fetch. The database stores the constant's name. */
    public enum StoredFetchState {
        /** It resumes. */
        ACTIVE,
        /** It waits for the user. */
        PAUSED
    }
}
