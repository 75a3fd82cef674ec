package io.cairn.dht.node;

import java.util.Map;

/**
 * Figures of one node since its start.
 *
 * @param contacts contacts in the routing table
 * @param buckets buckets of the routing table
 * @param nonEmptyBuckets of these, how many hold a contact
 * @param meanFill contacts in a bucket that holds any, on average
 * @param nodesSeen how many times a node has got a place in the table
 * @param recordsHeld records held for the network
 * @param lookups look-ups started
 * @param requestsSent requests sent, repetitions not counted
 * @param requestsAnswered of these, how many were answered
 * @param requestsReceived requests received and answered
 * @param datagramsSent datagrams sent
 * @param datagramsReceived datagrams received
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
        Map<String, Long> dropped) {
    public DhtStatistics {
        dropped = Map.copyOf(dropped);
    }
}
