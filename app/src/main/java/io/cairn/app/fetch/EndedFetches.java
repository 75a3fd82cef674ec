package io.cairn.app.fetch;

import io.cairn.app.fetch.run.EndedFetch;
import io.cairn.app.fetch.run.FetchTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The fetches that ended last, as rows of facts. Confined to the loop. */
final class EndedFetches {
    /** Enough to see what a day's work became of; a node that lives for months forgets the rest. */
    static final int MAX = 100;

    private final Deque<EndedFetch> ended = new ArrayDeque<>();

    /** Adds one; the oldest goes when there are more than {@link #MAX}. */
    void add(EndedFetch fetch) {
        ended.addLast(fetch);
        if (ended.size() > MAX) {
            ended.removeFirst();
        }
    }

    void remove(EndedFetch fetch) {
        ended.removeIf(one -> one.number() == fetch.number());
    }

    /** Forgets earlier fetches of a hash to a place: a later one stands for them. */
    void replacedBy(FetchTask fetch) {
        ended.removeIf(one -> fetch.isLike(one));
    }

    List<EndedFetch> list() {
        return List.copyOf(ended);
    }
}
