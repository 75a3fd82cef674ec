package io.cairn.dht.env;

import java.io.IOException;
import java.util.List;

/**
 * Where a node keeps what it holds for the network between two runs, as a port: entries by name, whose content it does not look at. Its
 * calls block, so workers make them, one at a time. Promises nothing about entries that somebody changed or damaged: whoever reads
 * checks them.
 */
public interface RecordJournal {
    /**
     * Adds or replaces entries and removes others, all or nothing; on disk when it returns.
     *
     * @param removed names, of which some may not be there, and none is that of an entry in {@code put}
     * @throws IOException if nothing was changed, because the disk is full for example
     */
    void write(List<Entry> put, List<String> removed) throws IOException;

    /**
     * Reads some entries, in the order of their names.
     *
     * @param after only names behind this one; empty for all
     * @param countMax how many at most, at least 1
     */
    List<Entry> read(String after, int countMax) throws IOException;

    /**
     * @param name not empty
     * @param expiryMillis milliseconds since 1970 after which nobody needs it, for whoever clears up or looks at it
     * @param content at most {@value #CONTENT_BYTES_MAX} bytes. Not copied
     */
    record Entry(String name, long expiryMillis, byte[] content) {
        /** Longest content: a batch fits a datagram. */
        public static final int CONTENT_BYTES_MAX = 2_048;
    }
}
