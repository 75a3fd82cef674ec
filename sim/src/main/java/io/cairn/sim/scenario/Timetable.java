package io.cairn.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to be done when, in the order of time; what falls on one instant in the order in which it was entered. */
final class Timetable {
    private final List<Entry> entries = new ArrayList<>();

    /** @param atMillis since the network stands */
    void add(long atMillis, Runnable action) {
        entries.add(new Entry(atMillis, action));
    }

    /** Enters an action so many times, evenly spread, the first at the beginning. */
    void spread(long atMillis, long overMillis, int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            add(atMillis + Math.round((double) overMillis * i / count), action);
        }
    }

    /** All that was entered so far. */
    List<Entry> inOrder() {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(Entry::atMillis));
        return ordered;
    }

    record Entry(long atMillis, Runnable action) {}
}
