package io.cairn.dht.service;

import io.cairn.dht.SearchReport;
import io.cairn.dht.SearchReport.Asked;
import io.cairn.dht.SearchReport.Outcome;
import java.util.List;

/** How many announcers a shard has, by the word of its holders. */
final class Crowd {
    /**
     * Announcers that fill a shard. Small, because a node may hold several shards by chance: with 1,000 announcers among 10,000 nodes, 127
     * shards of 8 leave none with more than 3 % of them, while shards of 16 would.
     */
    static final int FULL = 8;

    /** Announcers from which an asker looks below: half, since some of a shard that was full may have ended. */
    static final int HALF = FULL / 2;

    /** Holders that must agree while a look-up is under way. */
    private static final int EARLY_MIN = 3;

    /** The closest nodes that count: nodes farther away hold copies at most. */
    private static final int CLOSEST = 8;

    private Crowd() {}

    /** The median of what the closest nodes that answered hold: a few liars, or holders that missed some, do not move it far. */
    static int in(SearchReport report) {
        List<Integer> held = report.asked().stream()
                .filter(asked -> asked.outcome() == Outcome.ANSWERED)
                .limit(CLOSEST)
                .map(Asked::held)
                .sorted()
                .toList();
        return held.isEmpty() ? 0 : held.get(held.size() / 2);
    }

    /** Whether enough holders have said already that a shard is full. */
    static boolean isFullAlready(SearchReport report) {
        return report.asked().stream()
                        .filter(asked -> asked.outcome() == Outcome.ANSWERED && asked.held() >= FULL)
                        .count()
                >= EARLY_MIN;
    }
}
