package io.cairn.transfer.content.hashing;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * The chunk digests of unfinished hashing, so that hashing resumes after a restart of the program. A chunk is
 * identified by its place: the SHA-1 of the paths, sizes and modification times of its files, and of its position in them. The
 * digests of a file that has changed are therefore never found. Blocks.
 */
public interface HashJournal {
    /** SHA-1 followed by SHA-256 of a chunk. */
    int DIGESTS_BYTES = 52;

    /** Stores nothing. */
    HashJournal NONE = new HashJournal() {
        @Override
        public Map<Key, byte[]> read() {
            return Map.of();
        }

        @Override
        public void write(Map<Key, byte[]> digests) {}

        @Override
        public void remove(Collection<Key> places) {}
    };

    /** All stored digests by place, {@value #DIGESTS_BYTES} bytes each. */
    Map<Key, byte[]> read() throws IOException;

    /** Adds digests. */
    void write(Map<Key, byte[]> digests) throws IOException;

    /** Removes the digests of a share once it is hashed. */
    void remove(Collection<Key> places) throws IOException;
}
