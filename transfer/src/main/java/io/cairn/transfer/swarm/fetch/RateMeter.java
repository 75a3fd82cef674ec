package io.cairn.transfer.swarm.fetch;

/** Bytes a second over the last few seconds, in steps of a quarter of a second. */
final class RateMeter {
    private static final int STEPS = 12;
    private static final int STEP_MILLIS = 250;

    private final long[] bytes = new long[STEPS];
    private final long startMillis;
    private long lastStep;

    RateMeter(long nowMillis) {
        this.startMillis = nowMillis;
    }

    void add(long count, long nowMillis) {
        advance(nowMillis);
        bytes[(int) (lastStep % STEPS)] += count;
    }

    long bytesPerSecond(long nowMillis) {
        advance(nowMillis);
        long sum = 0;
        for (long step : bytes) {
            sum += step;
        }
        long partOfStep = (nowMillis - startMillis) % STEP_MILLIS;
        long spanMillis = Math.min(nowMillis - startMillis, (STEPS - 1L) * STEP_MILLIS + partOfStep);
        return sum * 1_000 / Math.max(STEP_MILLIS, spanMillis);
    }

    private void advance(long nowMillis) {
        long step = (nowMillis - startMillis) / STEP_MILLIS;
        for (long next = Math.max(lastStep + 1, step - STEPS + 1); next <= step; next++) {
            bytes[(int) (next % STEPS)] = 0;
        }
        lastStep = step;
    }
}
