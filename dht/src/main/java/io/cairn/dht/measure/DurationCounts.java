package io.cairn.dht.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of durations at one moment. Each bound is at most a quarter above the one before, so a quantile is known to 25 % from the
 * buckets alone, and {@link #quantileMillis} lies in the bucket that holds it. The last bucket has no upper bound. Immutable.
 */
public final class DurationCounts {
    private static final double GROWTH = 1.2;

    /** The first bound above four minutes is the last: no answer, look-up or chunk is awaited as long. */
    private static final double LONGEST_MILLIS = 240_000;

    /** Below four milliseconds, neighbouring whole numbers are farther apart than a quarter. */
    private static final double[] SHORT_MILLIS = {1, 1.25, 1.5, 1.8, 2, 2.5, 3, 3.5};

    private static final double[] BOUNDS_MILLIS = bounds();

    /** Of nothing. */
    public static final DurationCounts NONE = new DurationCounts(new long[0], 0);

    private final long[] counts;
    private final long total;
    private final long sumMillis;

    /**
     * @param counts of the first buckets; the others are empty
     * @throws IllegalArgumentException if there are more counts than buckets, or one is negative
     */
    public DurationCounts(long[] counts, long sumMillis) {
        if (counts.length > buckets()) {
            throw new IllegalArgumentException("there are " + buckets() + " buckets, not " + counts.length);
        }
        long all = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a bucket holds " + count + " durations");
            }
            all += count;
        }
        this.counts = counts.clone();
        this.total = all;
        this.sumMillis = sumMillis;
    }

    /** The number of buckets. */
    public static int buckets() {
        return BOUNDS_MILLIS.length + 1;
    }

    /** The upper bound of a bucket, which belongs to it; infinite for the last. */
    public static double boundMillis(int bucket) {
        return bucket < BOUNDS_MILLIS.length ? BOUNDS_MILLIS[bucket] : Double.POSITIVE_INFINITY;
    }

    /** The bucket of a duration. */
    public static int bucketOf(long millis) {
        int place = Arrays.binarySearch(BOUNDS_MILLIS, (double) millis);
        return place >= 0 ? place : -place - 1;
    }

    /** The number of durations in a bucket. */
    public long count(int bucket) {
        return bucket < counts.length ? counts[bucket] : 0;
    }

    /** The number of durations. */
    public long total() {
        return total;
    }

    /** The sum of all durations. */
    public long sumMillis() {
        return sumMillis;
    }

    /**
     * The time that a part of the durations did not exceed.
     *
     * @param part 0 to 1
     * @return in milliseconds; 0 if nothing was counted
     */
    public int quantileMillis(double part) {
        return quantileMillis(counts, total, part);
    }

    /** Durations are whole milliseconds, and each bucket that is not empty spans at least one: the quantile is one of these. */
    static int quantileMillis(long[] counts, long total, double part) {
        double rank = part * total;
        double below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            long count = counts[bucket];
            if (count > 0 && below + count >= rank) {
                double from = bucket == 0 ? 0 : BOUNDS_MILLIS[bucket - 1];
                double to = bucket < BOUNDS_MILLIS.length ? BOUNDS_MILLIS[bucket] : from * GROWTH;
                double inside = Math.ceil(from + (to - from) * (rank - below) / count);
                double least = bucket == 0 ? 0 : Math.floor(from) + 1;
                return (int) Math.min(Math.max(inside, least), Math.floor(to));
            }
            below += count;
        }
        return 0;
    }

    private static double[] bounds() {
        double[] bounds = SHORT_MILLIS;
        for (double next = 4;
                bounds[bounds.length - 1] < LONGEST_MILLIS;
                next = Math.max(next + 1, Math.rint(next * GROWTH))) {
            bounds = Arrays.copyOf(bounds, bounds.length + 1);
            bounds[bounds.length - 1] = next;
        }
        return bounds;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DurationCounts that
                && sumMillis == that.sumMillis
                && total == that.total
                && hasCountsOf(that);
    }

    private boolean hasCountsOf(DurationCounts that) {
        for (int bucket = 0; bucket < buckets(); bucket++) {
            if (count(bucket) != that.count(bucket)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * sumMillis + total);
    }

    @Override
    public String toString() {
        return total + " durations of " + sumMillis + " ms in all";
    }
}
