package io.cairn.dht.node.request;

import io.cairn.dht.DhtStatistics;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.dht.measure.Durations;
import io.cairn.dht.wire.Message;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the datagrams a node sends, receives and drops. */
public final class Traffic {
    private @Nullable Map<Drop, Long> dropped;
    private long datagramsSent;
    private long datagramsReceived;
    private long requestsSent;
    private long requestsAnswered;
    private long requestsReceived;
    private long lookups;
    private final Durations lookupDurations = new Durations();
    private final Durations storeDurations = new Durations();

    /** Why an arrived datagram or a due answer was dropped. */
    public enum Drop {
        /** It is not of this protocol. */
        MALFORMED,
        /** It belongs to another network. */
        OTHER_NETWORK,
        /** It is for another recipient, or names none where one is required. */
        OTHER_RECIPIENT,
        /** Its time stamp is too far from our clock. */
        STALE_TIME,
        /** Its sender did not sign it. */
        BAD_SIGNATURE,
        /** It carries our own id: our own greeting came back. */
        OWN,
        /** Its address sends too much. */
        RATE,
        /** The same request was heard as often as its sender may repeat it. */
        REPLAY,
        /** Too many unproven senders want to be heard. */
        UNPROVEN,
        /** It greets all nodes of the local network, and enough others answer. */
        OTHERS_ANSWER,
        /** It answers no request of ours, or not in the right way. */
        UNEXPECTED,
        /** The answer would be too long for an unproven address. */
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

    /** @param millis since it was first sent */
    void requestAnswered(Message.Request request, long millis) {
        requestsAnswered++;
        if (request instanceof Message.Store) {
            storeDurations.add(millis);
        }
    }

    public void requestReceived() {
        requestsReceived++;
    }

    public void lookupStarted() {
        lookups++;
    }

    public void lookupEnded(long millis) {
        lookupDurations.add(millis);
    }

    public DhtStatistics statistics(RoutingTable table, int recordsHeld, DurationCounts roundTrips, long networkSize) {
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
                new DhtStatistics.Times(lookupDurations.counts(), roundTrips, storeDurations.counts()),
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
