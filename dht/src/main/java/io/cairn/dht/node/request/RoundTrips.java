package io.cairn.dht.node.request;

import io.cairn.dht.DhtStatistics;
import io.cairn.dht.kad.KademliaLimits;
import java.util.Arrays;

/**
 * Measures round trips, and derives how long to wait for an answer. All nodes share one histogram: one node is asked a few times an hour,
 * too rarely to learn its own round trip as TCP's estimator does (RFC 6298), and the mean and deviation of a mixture of near and far nodes
 * fit neither. Quantiles state directly which part of the answers a time-out misses (as mldht does). Bins grow by a fifth, so a quantile is
 * accurate to about 10 %; at 255 answers in a bin all are halved, so the last few hundred count. Takes 64 bytes, none before the first
 * answer.
 */
public final class RoundTrips {
    private static final byte[] NONE = {};
    private static final int ANSWERS_MAX = 255;

    /** Fewer answers than this mean nothing yet. */
    private static final int ANSWERS_MIN = 4;

    /** The time-out is recalculated after this many answers. */
    private static final int REFRESH_ANSWERS = 8;

    private static final double GROWTH = 1.2;
    private static final int[] BOUNDS_MILLIS = bounds(45);

    private final KademliaLimits.Requests limits;
    private byte[] counts = NONE;
    private int total;
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
        double rank = part * total;
        double below = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            int count = counts[bin] & 0xff;
            if (count > 0 && below + count >= rank) {
                int from = bin == 0 ? 0 : BOUNDS_MILLIS[bin - 1];
                return (int) Math.ceil(from + (BOUNDS_MILLIS[bin] - from) * (rank - below) / count);
            }
            below += count;
        }
        return 0;
    }

    public DhtStatistics.RoundTripTimes times() {
        return new DhtStatistics.RoundTripTimes(quantileMillis(0.5), quantileMillis(0.95), quantileMillis(0.99));
    }

    private void add(long millis) {
        if (counts.length == 0) {
            counts = new byte[BOUNDS_MILLIS.length];
        }
        if (total == ANSWERS_MAX) {
            halve();
        }
        int place = Arrays.binarySearch(BOUNDS_MILLIS, (int) Math.min(millis, Integer.MAX_VALUE));
        counts[Math.min(place >= 0 ? place + 1 : -place - 1, BOUNDS_MILLIS.length - 1)]++;
        total++;
        sinceRefresh++;
        if (total >= ANSWERS_MIN && (sinceRefresh >= REFRESH_ANSWERS || total < REFRESH_ANSWERS)) {
            refresh();
        }
    }

    private void refresh() {
        sinceRefresh = 0;
        leastMillis = quantileMillis(0.1);
        long wanted = Math.max(leastMillis + limits.marginMillis(), quantileMillis(0.9));
        patienceMillis = (int) Math.min(wanted, limits.patienceMaxMillis());
    }

    private void halve() {
        total = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] = (byte) ((counts[bin] & 0xff) / 2);
            total += counts[bin];
        }
    }

    private static int[] bounds(int count) {
        int[] bounds = new int[count];
        bounds[0] = 1;
        for (int i = 1; i < count; i++) {
            bounds[i] = (int) Math.max(bounds[i - 1] + 1, Math.round(bounds[i - 1] * GROWTH));
        }
        return bounds;
    }
}
