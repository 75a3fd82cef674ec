package io.cairn.app.fetch;

import io.cairn.app.fetch.run.EndedFetch;
import io.cairn.app.fetch.run.FetchTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest ended fetches, as plain records. Confined to the loop. */
final class EndedFetches {
    /** Enough to show the results of a day's work; a node that runs for months drops the rest. */
    static final int MAX = 100;

    private final Deque<EndedFetch> ended = new ArrayDeque<>();

    /** Adds one; drops the oldest if there are more than {@link #MAX}. */
    void add(EndedFetch fetch) {
        ended.addLast(fetch);
        if (ended.size() > MAX) {
            ended.removeFirst();
        }
    }

    void remove(EndedFetch fetch) {
        ended.removeIf(one -> one.number() == fetch.number());
    }

    /** Drops earlier fetches of the same hash to the same place: a later one replaces them. */
    void replacedBy(FetchTask fetch) {
        ended.removeIf(one -> fetch.isLike(one));
    }

    List<EndedFetch> list() {
        return List.copyOf(ended);
    }
}
