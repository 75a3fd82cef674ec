package io.cairn.dht.env;

import java.io.IOException;
import java.util.List;

/**
 * Keeps the records a node holds for the network between runs, as a port: named entries whose content it does not interpret. Its calls
 * block, so workers make them, several perhaps at once. Promises nothing about entries that were changed or damaged: the reader checks them.
 */
public interface RecordJournal {
    /**
     * Adds or replaces entries and removes others, all or nothing; on disk when it returns.
     *
     * @param removed names, some of which may not exist; none is the name of an entry in {@code put}
     * @throws IOException if nothing was changed, for example because the disk is full
     */
    void write(List<Entry> put, List<String> removed) throws IOException;

    /**
     * Reads entries in the order of their names.
     *
     * @param after only names after this one; empty for all
     * @param countMax the most entries to return, at least 1
     */
    List<Entry> read(String after, int countMax) throws IOException;

    /**
     * @param name not empty
     * @param expiryMillis milliseconds since 1970 after which the entry is obsolete, for clean-up and inspection
     * @param content at most {@value #CONTENT_BYTES_MAX} bytes. Not copied
     */
    record Entry(String name, long expiryMillis, byte[] content) {
        /** Longest content: a batch fits a datagram. */
        public static final int CONTENT_BYTES_MAX = 2_048;
    }
}
