package io.cairn.sim.chord;

/**
 * Bounds and times of Chord.
 *
 * @param successorsMax r, the length of the successor list: 2 log2 N, so that no look-up fails even if half of the nodes do (Theorem 6 of
 *     the paper asks for a multiple of log2 N)
 * @param upkeepMillis interval at which a node stabilises and checks one finger: 30 s as in the paper's experiments, 0.13 messages a second
 * @param timeoutMillis time-out before any round trip was measured, and the longest later; it doubles for a retry
 * @param timeoutMillisMin the shortest time-out: a host may be busy for that long
 * @param attemptsMax times a request is sent in all before the node counts as dead
 * @param requestsMax requests of one look-up; a walk along the successors takes as many as there are nodes
 * @param referralsMax contacts in an answer: the next node to ask, and substitutes in case it is dead
 * @param avoidedMax most dead nodes named in a request, 20 bytes each
 */
record ChordLimits(
        int successorsMax,
        long upkeepMillis,
        long timeoutMillis,
        long timeoutMillisMin,
        int attemptsMax,
        int requestsMax,
        int referralsMax,
        int avoidedMax) {
    /** A longer list does not fit a datagram of 1,200 bytes. */
    private static final int SUCCESSORS_MAX = 36;

    ChordLimits {
        if (successorsMax < 1 || successorsMax > SUCCESSORS_MAX) {
            throw new IllegalArgumentException("a node keeps 1 to 36 successors, not " + successorsMax);
        }
    }

    /** For a few thousand nodes: 20 successors. */
    static ChordLimits defaults() {
        return new ChordLimits(20, 30_000, 1_000, 50, 4, 10_000, 4, 32);
    }

    /** The defaults, but r = 2 log2 N, from 2 to 36. */
    static ChordLimits forNodes(int nodeCount) {
        int log2 = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, nodeCount - 1));
        return defaults().withSuccessors(Math.min(2 * log2, SUCCESSORS_MAX));
    }

    ChordLimits withSuccessors(int other) {
        return new ChordLimits(
                other,
                upkeepMillis,
                timeoutMillis,
                timeoutMillisMin,
                attemptsMax,
                requestsMax,
                referralsMax,
                avoidedMax);
    }
}
