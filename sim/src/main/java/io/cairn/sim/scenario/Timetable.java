package io.cairn.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scheduled actions in the order of time; those of one instant in the order they were added. */
final class Timetable {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param atMillis since the network is complete
     */
    void add(long atMillis, Runnable action) {
        entries.add(new Entry(atMillis, action));
    }

    /** Adds an action a number of times, evenly spread, the first at the beginning. */
    void spread(long atMillis, long overMillis, int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            add(atMillis + Math.round((double) overMillis * i / count), action);
        }
    }

    /** All actions added so far. */
    List<Entry> inOrder() {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(Entry::atMillis));
        return ordered;
    }

    record Entry(long atMillis, Runnable action) {}
}
