package io.cairn.transfer.swarm.peer;

/**
 * How much shall be on its way at a time: what has lately been delivered in the time it shall take, a round trip besides, within bounds.
 * Doubles at most at each measurement, so it starts modestly and fills a long line within a few round trips.
 */
public final class DeliveryWindow {
    private static final int MEASURE_MILLIS = 50;
    private static final double WEIGHT_OF_NEW = 0.4;

    private final int bytesMin;
    private final int bytesMax;
    private final int windowMillis;
    private int bytes;
    private long roundTripMillis;
    private long measuredSinceMillis;
    private long measuredBytes;
    private double bytesPerMilli;

    /**
     * @param bytesAtFirst until something is measured
     * @param windowMillis how long what is on its way shall take beyond a round trip
     */
    public DeliveryWindow(int bytesAtFirst, int bytesMin, int bytesMax, int windowMillis, long nowMillis) {
        this.bytesMin = bytesMin;
        this.bytesMax = Math.max(bytesMin, bytesMax);
        this.windowMillis = windowMillis;
        this.bytes = Math.max(bytesMin, bytesAtFirst);
        this.measuredSinceMillis = nowMillis;
    }

    public int bytes() {
        return bytes;
    }

    /** What is asked takes so long to begin to come. */
    public void roundTrip(long millis) {
        roundTripMillis = millis;
    }

    /** What was delivered a millisecond lately; 0 as long as nothing is measured. */
    public double bytesPerMilli() {
        return bytesPerMilli;
    }

    /** The line begins to be used again after a pause, which does not count. */
    public void resumed(long nowMillis) {
        measuredSinceMillis = nowMillis;
        measuredBytes = 0;
    }

    public void delivered(int delivered, long nowMillis) {
        measuredBytes += delivered;
        long millis = nowMillis - measuredSinceMillis;
        if (millis < MEASURE_MILLIS) {
            return;
        }
        double latest = (double) measuredBytes / millis;
        bytesPerMilli = bytesPerMilli == 0 ? latest : bytesPerMilli + WEIGHT_OF_NEW * (latest - bytesPerMilli);
        int target = (int) Math.min(bytesMax, bytesPerMilli * (windowMillis + roundTripMillis));
        bytes = Math.max(bytesMin, Math.min(target, (int) Math.min(bytesMax, 2L * bytes)));
        resumed(nowMillis);
    }
}
