package io.cairn.sim.scenario;

import java.util.Arrays;

/** Collects whole numbers, for their mean and percentiles. */
final class Sample {
    private long[] values = new long[16];
    private int count;
    private double sum;
    private boolean isSorted = true;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
        sum += value;
        isSorted = false;
    }

    int count() {
        return count;
    }

    /** NaN if there is none. */
    double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /**
     * The smallest value that at least this fraction of the values does not exceed (nearest rank); NaN if there is none.
     *
     * @param part 0 to 1
     */
    double percentile(double part) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!isSorted) {
            Arrays.sort(values, 0, count);
            isSorted = true;
        }
        int rank = (int) Math.ceil(part * count);
        return values[Math.min(count, Math.max(1, rank)) - 1];
    }
}
