package io.cairn.dht.measure;

import java.util.Arrays;

/**
 * A histogram of durations. Its buckets are those of {@link DurationCounts}; the array grows to the longest duration, so an unused histogram
 * costs 40 bytes and one of round trips some 300. Not thread-safe.
 */
public final class Durations {
    private static final long[] NONE = {};

    private long[] counts = NONE;
    private long total;
    private long sumMillis;

    /** @param millis at least 0 */
    public void add(long millis) {
        int bucket = DurationCounts.bucketOf(millis);
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, bucket + 1);
        }
        counts[bucket]++;
        total++;
        sumMillis += millis;
    }

    /** Halves every bucket, so that later durations weigh more. */
    public void halve() {
        total = 0;
        sumMillis /= 2;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] /= 2;
            total += counts[bucket];
        }
    }

    /** The number of durations. */
    public long total() {
        return total;
    }

    /** As {@link DurationCounts#quantileMillis}. */
    public int quantileMillis(double part) {
        return DurationCounts.quantileMillis(counts, total, part);
    }

    /** A copy of what was counted so far. */
    public DurationCounts counts() {
        return total == 0 ? DurationCounts.NONE : new DurationCounts(counts, sumMillis);
    }
}
