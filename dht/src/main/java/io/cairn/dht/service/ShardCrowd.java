package io.cairn.dht.service;

import io.cairn.dht.SearchReport;
import io.cairn.dht.SearchReport.Asked;
import io.cairn.dht.SearchReport.Outcome;
import java.util.List;
import java.util.OptionalInt;

/** How many announcers a shard has, by the word of its holders. */
final class ShardCrowd {
    /**
     * Announcers that fill a shard. Small, because a node may hold several shards by chance: with 1,000 announcers among 10,000 nodes,
     * shards of 6 leave none with more than 2.6 % of them; shards of 8 come close to 3 %.
     */
    static final int FULL = 6;

    /**
     * Announcers from which an asker looks below a shard of this depth. Those of a full shard may have ended: one is enough at the root, which
     * costs an asker two look-ups, and half of them elsewhere, so that a few liars do not lead it through the whole tree.
     */
    static int leadingBelow(int depth) {
        return depth == 0 ? 1 : FULL / 2;
    }

    /** More announcers than this entered a shard at the same time, and some leave it. */
    static final int OVERFULL = FULL + FULL / 2;

    /** How many stay in such a shard on average: more than fill it, so that seldom fewer do. */
    static final int STAYING = FULL + FULL / 4;

    /** The closest nodes that count: nodes farther away hold copies at most. */
    private static final int CLOSEST = 8;

    /** The closest nodes that count while a look-up is under way, and how many of them must agree. */
    private static final int CLOSEST_SO_FAR = 5;

    private static final int AGREEING = 4;

    private ShardCrowd() {}

    /** The median of what the closest nodes that answered hold: a few liars, or holders that missed some, do not move it far. */
    static int in(SearchReport report) {
        List<Integer> held = held(report, CLOSEST);
        return held.isEmpty() ? 0 : held.get(held.size() / 2);
    }

    /** The same while the look-up runs; empty until four of the five closest nodes so far hold at least this number. */
    static OptionalInt already(SearchReport report, int least) {
        List<Integer> held = held(report, CLOSEST_SO_FAR);
        boolean isAgreed = held.size() == CLOSEST_SO_FAR && held.get(CLOSEST_SO_FAR - AGREEING) >= least;
        return isAgreed ? OptionalInt.of(held.get(CLOSEST_SO_FAR / 2)) : OptionalInt.empty();
    }

    /** Ascending. */
    private static List<Integer> held(SearchReport report, int closest) {
        return report.asked().stream()
                .filter(asked -> asked.outcome() == Outcome.ANSWERED)
                .limit(closest)
                .map(Asked::held)
                .sorted()
                .toList();
    }
}
