package io.cairn.dht.node.request;

import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.dht.measure.Durations;

/**
 * Measures round trips, and derives how long to wait for an answer. All nodes share one histogram: one node is asked a few times an hour,
 * too rarely to learn its own round trip as TCP's estimator does (RFC 6298), and the mean and deviation of a mixture of near and far nodes
 * fit neither. Quantiles state directly which part of the answers a time-out misses (as mldht does). A quantile is
 * accurate to about 10 %; at 255 answers all buckets are halved, so that the last few hundred count. A second histogram, never halved, is for
 * the statistics.
 */
public final class RoundTrips {
    private static final int ANSWERS_MAX = 255;

    /** Fewer answers than this mean nothing yet. */
    private static final int ANSWERS_MIN = 4;

    /** The time-out is recalculated after this many answers. */
    private static final int REFRESH_ANSWERS = 8;

    private final KademliaLimits.Requests limits;
    private final Durations recent = new Durations();
    private final Durations all = new Durations();
    private int sinceRefresh;
    private int patienceMillis;
    private int leastMillis = Integer.MAX_VALUE;

    RoundTrips(KademliaLimits.Requests limits) {
        this.limits = limits;
        this.patienceMillis = (int) limits.timeoutMillis();
    }

    /** How long to wait for an answer before the request is repeated and another node is asked in parallel. */
    int patienceMillis() {
        return patienceMillis;
    }

    /**
     * Records an answer. All attempts share one request id, so it is unknown which one an answer belongs to: it counts for the latest of
     * three that is not faster than nine of ten answers were. Counting it for the first attempt would let loss lengthen the time-out
     * without end; ignoring it, as TCP does (Karn's algorithm), would hide that the path has become slower.
     *
     * @param firstMillis when the first attempt was sent
     * @param previousMillis when the last attempt but one was sent
     * @param lastMillis when the last attempt was sent
     */
    void answered(long firstMillis, long previousMillis, long lastMillis, long nowMillis) {
        if (nowMillis - lastMillis >= leastMillis) {
            add(nowMillis - lastMillis);
        } else if (nowMillis - previousMillis >= leastMillis) {
            add(nowMillis - previousMillis);
        } else {
            add(nowMillis - firstMillis);
        }
    }

    /**
     * The time within which a part of the recent answers arrived.
     *
     * @param part 0 to 1
     * @return in milliseconds; 0 before the first answer
     */
    int quantileMillis(double part) {
        return recent.quantileMillis(part);
    }

    /** All answers since the start. */
    public DurationCounts counts() {
        return all.counts();
    }

    private void add(long millis) {
        all.add(millis);
        if (recent.total() == ANSWERS_MAX) {
            recent.halve();
        }
        recent.add(millis);
        sinceRefresh++;
        if (recent.total() >= ANSWERS_MIN && (sinceRefresh >= REFRESH_ANSWERS || recent.total() < REFRESH_ANSWERS)) {
            refresh();
        }
    }

    private void refresh() {
        sinceRefresh = 0;
        leastMillis = quantileMillis(0.1);
        long wanted = Math.max(leastMillis + limits.marginMillis(), quantileMillis(0.9));
        patienceMillis = (int) Math.min(wanted, limits.patienceMaxMillis());
    }
}
