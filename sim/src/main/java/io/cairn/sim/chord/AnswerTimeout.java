package io.cairn.sim.chord;

/** The time-out of requests: the smoothed round trip plus four times its mean deviation (Jacobson, SIGCOMM 1988). */
final class AnswerTimeout {
    private static final double SMOOTHING = 0.125;
    private static final double DEVIATION_SMOOTHING = 0.25;

    private final ChordLimits limits;
    private double smoothedMillis = -1;
    private double deviationMillis;

    AnswerTimeout(ChordLimits limits) {
        this.limits = limits;
    }

    /** Adds the round trip of a request that was sent once. */
    void add(long millis) {
        if (smoothedMillis < 0) {
            smoothedMillis = millis;
            deviationMillis = millis / 2.0;
            return;
        }
        deviationMillis += DEVIATION_SMOOTHING * (Math.abs(millis - smoothedMillis) - deviationMillis);
        smoothedMillis += SMOOTHING * (millis - smoothedMillis);
    }

    /** Time-out of a first attempt. */
    long timeoutMillis() {
        if (smoothedMillis < 0) {
            return limits.timeoutMillis();
        }
        long wanted = (long) Math.ceil(smoothedMillis + 4 * deviationMillis);
        return Math.max(limits.timeoutMillisMin(), Math.min(limits.timeoutMillis(), wanted));
    }
}
