package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The stored state of fetches. Each change is atomic and durable when its call returns; a failed call changes nothing. */
public interface FetchJournal {
    /** The fetch of a hash to a target. */
    Optional<StoredFetch> find(Key hash, Path target) throws IOException;

    /** Adds a fetch, or replaces the one with its hash and target. */
    void put(StoredFetch fetch) throws IOException;

    /** Records the chunks safely on disk, and the stamps of the files changed since the last call. */
    void journal(Key hash, Path target, ChunkSet chunks, Map<Integer, FileStamp> stamps) throws IOException;

    void remove(Key hash, Path target) throws IOException;
}
