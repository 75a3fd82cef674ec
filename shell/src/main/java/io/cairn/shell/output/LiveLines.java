package io.cairn.shell.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines that are redrawn in place, by what they are about, oldest first; a few at a time. Thread-safe, and calls nobody. */
final class LiveLines {
    private static final int SHOWN_MAX = 6;

    private final Map<Object, LiveLine> lines = new LinkedHashMap<>();

    synchronized void put(Object about, LiveLine line) {
        LiveLine before = lines.get(about);
        lines.put(about, before != null && line instanceof StageLine stage ? stage.following(before) : line);
    }

    /** Returns whether there was one. */
    synchronized boolean remove(Object about) {
        return lines.remove(about) != null;
    }

    synchronized Optional<LiveLine> of(Object about) {
        return Optional.ofNullable(lines.get(about));
    }

    /** The lines, and how many more there are. */
    synchronized List<String> fit(int columns) {
        int shown = lines.size() <= SHOWN_MAX ? lines.size() : SHOWN_MAX - 1;
        List<String> fitted = new ArrayList<>();
        lines.values().stream().limit(shown).forEach(line -> fitted.add(line.fit(columns)));
        if (shown < lines.size()) {
            fitted.add(Cells.cut("and " + (lines.size() - shown) + " more; fetches lists all", columns - 1));
        }
        return fitted;
    }
}
