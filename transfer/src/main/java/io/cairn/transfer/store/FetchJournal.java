package io.cairn.transfer.store;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What is remembered of fetches. Each change is on disk for good, as a whole, when its call returns; one that fails has changed nothing. */
interface FetchJournal {
    /** The fetch of a hash to a target. */
    Optional<StoredFetch> find(Key hash, Path target) throws IOException;

    /** Adds a fetch, or replaces the one with its hash and target. */
    void put(StoredFetch fetch) throws IOException;

    /** Notes that these chunks are on disk for good, and the stamps of the files that were changed since the last note. */
    void journal(Key hash, Path target, ChunkSet chunks, Map<Integer, FileStamp> stamps) throws IOException;

    void remove(Key hash, Path target) throws IOException;
}
