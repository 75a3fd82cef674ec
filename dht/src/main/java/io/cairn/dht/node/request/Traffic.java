package io.cairn.dht.node.request;

import io.cairn.dht.DhtStatistics;
import io.cairn.dht.kad.RoutingTable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a node sends, receives and drops. */
public final class Traffic {
    private @Nullable Map<Drop, Long> dropped;
    private long datagramsSent;
    private long datagramsReceived;
    private long requestsSent;
    private long requestsAnswered;
    private long requestsReceived;
    private long lookups;

    /** Why a datagram that arrived, or an answer that was due, went no further. */
    public enum Drop {
        /** It is not of this protocol. */
        MALFORMED,
        /** It belongs to another network. */
        OTHER_NETWORK,
        /** It is for somebody else, or for nobody where somebody must be named. */
        OTHER_RECIPIENT,
        /** Its time stamp is too far from our clock. */
        STALE_TIME,
        /** Its sender did not sign it. */
        BAD_SIGNATURE,
        /** It carries our own id: our own greeting comes back. */
        OWN,
        /** Its address sends too much. */
        RATE,
        /** The same request was heard before, as often as its sender may repeat it. */
        REPLAY,
        /** Too many who have proven nothing want to be heard. */
        UNPROVEN,
        /** It greets all nodes of the local network, and enough others answer. */
        OTHERS_ANSWER,
        /** It answers nothing we asked, or not what we asked. */
        UNEXPECTED,
        /** The answer would be too long for an address that has proven nothing. */
        AMPLIFICATION;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public void drop(Drop reason) {
        if (dropped == null) {
            dropped = new EnumMap<>(Drop.class);
        }
        dropped.merge(reason, 1L, Long::sum);
    }

    public void datagramSent() {
        datagramsSent++;
    }

    public void datagramReceived() {
        datagramsReceived++;
    }

    void requestSent() {
        requestsSent++;
    }

    void requestAnswered() {
        requestsAnswered++;
    }

    public void requestReceived() {
        requestsReceived++;
    }

    public void lookupStarted() {
        lookups++;
    }

    public DhtStatistics statistics(
            RoutingTable table, int recordsHeld, DhtStatistics.RoundTripTimes roundTrips, long networkSize) {
        return new DhtStatistics(
                table.size(),
                table.bucketCount(),
                table.nonEmptyBucketCount(),
                table.meanFill(),
                table.seen(),
                recordsHeld,
                lookups,
                requestsSent,
                requestsAnswered,
                requestsReceived,
                datagramsSent,
                datagramsReceived,
                roundTrips,
                networkSize,
                droppedByReason());
    }

    private Map<String, Long> droppedByReason() {
        Map<String, Long> byReason = new LinkedHashMap<>();
        if (dropped != null) {
            dropped.forEach((reason, count) -> byReason.put(reason.label(), count));
        }
        return byReason;
    }
}
