package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.swarm.peer.DeliveryWindow;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.ChunkPlace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One peer as a source of one fetch: what it owes and what it has delivered. Confined to the loop. */
final class Source {
    private static final long ROUND_TRIP_MILLIS_MAX = 1_000;

    record Asked(int length, long atMillis) {}

    final PeerLink link;
    final DeliveryWindow window;
    /** Requested chunks, for whose bytes memory is reserved. */
    final Map<Integer, Asked> asked = new LinkedHashMap<>();
    /** Requests given up on; the peer may still answer. */
    final Set<Integer> late = new LinkedHashSet<>();

    /** Cancelled requests; until the peer confirms, the chunks may still arrive. */
    final Set<Integer> takenBack = new LinkedHashSet<>();

    /** Chunks that the peer has in other shares, by their numbers in the fetched one. */
    final Map<Integer, ChunkPlace> places = new LinkedHashMap<>();

    private long askedBytes;
    private long unwrittenBytes;
    private long roundTripMillis = Long.MAX_VALUE;
    private long lastChunkMillis;
    private long nothingToAskAtVersion = -1;
    private long owesSinceMillis;
    private long quietUntilMillis;

    Source(PeerLink link, DeliveryWindow window) {
        this.link = link;
        this.window = window;
    }

    void ask(int chunk, int length, long nowMillis) {
        if (asked.isEmpty()) {
            owesSinceMillis = nowMillis;
            window.resumed(nowMillis);
        }
        asked.put(chunk, new Asked(length, nowMillis));
        askedBytes += length;
    }

    /**
     * The peer has answered the request for a chunk.
     *
     * @return the bytes that had been reserved for it
     */
    int answered(int chunk) {
        late.remove(chunk);
        takenBack.remove(chunk);
        Asked was = asked.remove(chunk);
        int length = was == null ? 0 : was.length;
        askedBytes -= length;
        return length;
    }

    /**
     * A chunk has arrived; it still counts as requested.
     *
     * @return the request; null if it was given up on
     */
    @Nullable
    Asked delivered(int chunk, int length, long nowMillis) {
        Asked was = asked.get(chunk);
        if (was != null && nowMillis - was.atMillis < roundTripMillis) {
            roundTripMillis = nowMillis - was.atMillis;
            window.roundTrip(Math.min(ROUND_TRIP_MILLIS_MAX, roundTripMillis));
        }
        lastChunkMillis = nowMillis;
        window.delivered(length, nowMillis);
        return was;
    }

    /**
     * The estimated milliseconds until a chunk arrives: from the peer's recent rate or, where that is unknown or the chunk is overdue, the
     * time waited so far.
     *
     * @param moreBytes to be delivered before it, beyond those already requested
     */
    long expectedMillis(long moreBytes, long nowMillis) {
        long sinceMillis = asked.isEmpty() ? 0 : nowMillis - Math.max(owesSinceMillis, lastChunkMillis);
        double rate = window.bytesPerMilli();
        if (rate == 0) {
            return sinceMillis;
        }
        long untilMillis = (long) Math.min(Integer.MAX_VALUE, (askedBytes + moreBytes) / rate) - sinceMillis;
        return Math.max(untilMillis, sinceMillis / 2);
    }

    /** Whether the peer's rate is known. */
    boolean isMeasured() {
        return window.bytesPerMilli() > 0;
    }

    /** Whether nothing could be requested at this version of the picker, and the peer has announced nothing since. */
    boolean hasNothingAt(long version) {
        return nothingToAskAtVersion == version;
    }

    void hasNothing(long version) {
        nothingToAskAtVersion = version;
    }

    /**
     * Gives up on everything owed.
     *
     * @return the bytes that had been reserved
     */
    long giveUp() {
        late.addAll(asked.keySet());
        takenBack.clear();
        asked.clear();
        long bytes = askedBytes;
        askedBytes = 0;
        return bytes;
    }

    long askedBytes() {
        return askedBytes;
    }

    /** A chunk waits to be verified and written. */
    void arrived(int length) {
        unwrittenBytes += length;
    }

    /** It no longer waits, whatever its result. */
    void written(int length) {
        unwrittenBytes -= length;
    }

    /**
     * Bytes that have arrived and wait for a worker or the disk: they count as in flight, so that a peer faster than these does not fill
     * the memory.
     */
    long unwrittenBytes() {
        return unwrittenBytes;
    }

    boolean owes() {
        return !asked.isEmpty() || !late.isEmpty();
    }

    /** How long no byte has arrived while something was owed. */
    long silentMillis(long nowMillis) {
        return owes() ? nowMillis - Math.max(owesSinceMillis, link.lastReceivedMillis()) : 0;
    }

    /** The time without a byte after which the peer is in doubt: a few of its round trips, within bounds. */
    long patienceMillis(SwarmLimits limits) {
        long fewRoundTrips = roundTripMillis == Long.MAX_VALUE ? 0 : 4 * roundTripMillis;
        return Math.max(limits.silentMillis(), Math.min(2L * limits.silentMillis(), fewRoundTrips));
    }

    /** Requests nothing until then. */
    void quietUntil(long millis) {
        quietUntilMillis = millis;
    }

    boolean isQuiet(long nowMillis) {
        return nowMillis < quietUntilMillis;
    }
}
