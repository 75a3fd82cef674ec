package io.cairn.transfer.content;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * What hashing has found out of a share that is not hashed to its end, so that it goes on there after the program has ended. A chunk is
 * known by its place: the SHA-1 of the paths, sizes and times of modification of the files it is in, and of where in them it is. So
 * nothing is found of a file that has changed since. Blocks.
 */
public interface HashJournal {
    /** SHA-1 and SHA-256 of a chunk, one after the other. */
    int DIGESTS_BYTES = 52;

    /** Remembers nothing. */
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

    /** All digests that are remembered, by place; each of {@value #DIGESTS_BYTES} bytes. */
    Map<Key, byte[]> read() throws IOException;

    /** Adds digests. */
    void write(Map<Key, byte[]> digests) throws IOException;

    /** Forgets digests: their share is hashed to its end. */
    void remove(Collection<Key> places) throws IOException;
}
