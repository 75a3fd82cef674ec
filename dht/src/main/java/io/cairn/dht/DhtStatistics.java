package io.cairn.dht;

import io.cairn.dht.measure.DurationCounts;
import java.util.Map;

/**
 * Statistics of one node since its start.
 *
 * @param contacts contacts in the routing table
 * @param buckets buckets of the routing table
 * @param nonEmptyBuckets how many of these hold a contact
 * @param meanFill average number of contacts in a bucket that holds any
 * @param nodesSeen how many times a node has entered the table
 * @param recordsHeld records held for the network
 * @param lookups look-ups started
 * @param requestsSent requests sent, repetitions not counted
 * @param requestsAnswered how many of these were answered
 * @param requestsReceived requests received and answered
 * @param datagramsSent datagrams sent
 * @param datagramsReceived datagrams received
 * @param times how long look-ups, answers and stores took
 * @param networkSize estimated number of nodes, this one included; 0 if unknown
 * @param dropped datagrams dropped, by reason
 */
public record DhtStatistics(
        int contacts,
        int buckets,
        int nonEmptyBuckets,
        double meanFill,
        long nodesSeen,
        int recordsHeld,
        long lookups,
        long requestsSent,
        long requestsAnswered,
        long requestsReceived,
        long datagramsSent,
        long datagramsReceived,
        Times times,
        long networkSize,
        Map<String, Long> dropped) {
    public DhtStatistics {
        dropped = Map.copyOf(dropped);
    }

    /** The round trips in short. */
    public RoundTripTimes roundTrips() {
        DurationCounts all = times.roundTrips();
        return new RoundTripTimes(all.quantileMillis(0.5), all.quantileMillis(0.95), all.quantileMillis(0.99));
    }

    /**
     * Durations since start.
     *
     * @param lookups of look-ups that ended
     * @param roundTrips of answers, counted from the attempt that they most likely belong to
     * @param stores of STORE requests, from the first attempt to the answer
     */
    public record Times(DurationCounts lookups, DurationCounts roundTrips, DurationCounts stores) {
        /** Of a node that did nothing yet. */
        public static final Times NONE = new Times(DurationCounts.NONE, DurationCounts.NONE, DurationCounts.NONE);
    }

    /**
     * Round trips, to some 10 %; 0 before the first.
     *
     * @param p50Millis half of the answers took no longer
     * @param p95Millis 95 of 100
     * @param p99Millis 99 of 100
     */
    public record RoundTripTimes(int p50Millis, int p95Millis, int p99Millis) {}
}
