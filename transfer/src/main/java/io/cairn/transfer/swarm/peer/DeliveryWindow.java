package io.cairn.transfer.swarm.peer;

/**
 * How many bytes may be in flight: what was recently delivered in the target time plus a round trip, within bounds. At most doubles per
 * measurement, so it starts small and fills a long line within a few round trips.
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
     * @param windowMillis target time of the bytes in flight, beyond a round trip
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

    /** Sets the time from a request until its first byte arrives. */
    public void roundTrip(long millis) {
        roundTripMillis = millis;
    }

    /** Bytes recently delivered per millisecond; 0 until measured. */
    public double bytesPerMilli() {
        return bytesPerMilli;
    }

    /** The line is used again after a pause, which does not count. */
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
