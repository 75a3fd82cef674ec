package io.cairn.transfer.content;

import java.util.ArrayList;
import java.util.List;

/**
 * The notes of a scan.
 *
 * @param leftOut entries left out because they cannot be part of a share
 * @param unportable entries of the share that some systems cannot hold
 * @param excluded number of entries excluded by the user's patterns; a folder counts as one
 */
public record ScanNotes(Noted leftOut, Noted unportable, int excluded) {

    /**
     * Entries of one kind.
     *
     * @param first the first entries, at most {@value #NAMED_MAX}
     * @param count the number of all entries
     */
    public record Noted(List<Entry> first, int count) {
        /** Most entries listed by name. */
        public static final int NAMED_MAX = 1_000;

        static final Noted NONE = new Noted(List.of(), 0);

        public Noted {
            first = List.copyOf(first);
        }
    }

    /**
     * An entry.
     *
     * @param path relative to the shared folder
     */
    public record Entry(String path, String reason) {}

    /** Collects entries of one kind. */
    public static final class Gathering {
        private final List<Entry> first = new ArrayList<>();
        private int count;

        public void add(String path, String reason) {
            count++;
            if (first.size() < Noted.NAMED_MAX) {
                first.add(new Entry(path, reason));
            }
        }

        public Noted noted() {
            return new Noted(first, count);
        }
    }
}
