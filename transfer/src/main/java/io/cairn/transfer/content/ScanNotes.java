package io.cairn.transfer.content;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scan has to tell.
 *
 * @param leftOut entries that are not part of the share, because none can be
 * @param unportable entries that are part of it, and that not every system can hold
 * @param excluded how many entries the user's own patterns kept out; a folder counts as one
 */
public record ScanNotes(Noted leftOut, Noted unportable, int excluded) {
    /** Nothing to tell. */
    public static final ScanNotes NONE = new ScanNotes(Noted.NONE, Noted.NONE, 0);

    /**
     * Entries of one kind.
     *
     * @param first the first of them, at most {@value #NAMED_MAX}
     * @param count of all
     */
    public record Noted(List<Entry> first, int count) {
        /** Most entries that are named. */
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

    /** Gathers entries. */
    static final class Gathering {
        private final List<Entry> first = new ArrayList<>();
        private int count;

        void add(String path, String reason) {
            count++;
            if (first.size() < Noted.NAMED_MAX) {
                first.add(new Entry(path, reason));
            }
        }

        Noted noted() {
            return new Noted(first, count);
        }
    }
}
