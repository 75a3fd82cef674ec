package io.cairn.transfer.swarm;

/**
 * How much to ask of one peer at a time: what it has lately delivered in the time it shall have for it, within bounds. Doubles at most
 * at each measurement, so it starts modestly and fills a long line within a few round trips.
 */
final class DeliveryWindow {
    private static final int MEASURE_MILLIS = 50;
    private static final double WEIGHT_OF_NEW = 0.4;

    private final int bytesMin;
    private final int bytesMax;
    private final int windowMillis;
    private int bytes;
    private long measuredSinceMillis;
    private long measuredBytes;
    private double bytesPerMilli;

    DeliveryWindow(int bytesMin, int bytesMax, int windowMillis, long nowMillis) {
        this.bytesMin = bytesMin;
        this.bytesMax = Math.max(bytesMin, bytesMax);
        this.windowMillis = windowMillis;
        this.bytes = bytesMin;
        this.measuredSinceMillis = nowMillis;
    }

    int bytes() {
        return bytes;
    }

    /** The line begins to be used again after a pause, which does not count. */
    void resumed(long nowMillis) {
        measuredSinceMillis = nowMillis;
        measuredBytes = 0;
    }

    void delivered(int delivered, long nowMillis) {
        measuredBytes += delivered;
        long millis = nowMillis - measuredSinceMillis;
        if (millis < MEASURE_MILLIS) {
            return;
        }
        double latest = (double) measuredBytes / millis;
        bytesPerMilli = bytesPerMilli == 0 ? latest : bytesPerMilli + WEIGHT_OF_NEW * (latest - bytesPerMilli);
        int target = (int) Math.min(bytesMax, bytesPerMilli * windowMillis);
        bytes = Math.max(bytesMin, Math.min(target, (int) Math.min(bytesMax, 2L * bytes)));
        resumed(nowMillis);
    }
}
