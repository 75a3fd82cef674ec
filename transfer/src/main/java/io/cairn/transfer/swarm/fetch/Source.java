package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.swarm.peer.DeliveryWindow;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.ChunkPlace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One peer as a source of one fetch: what it owes and what it has given. Confined to the loop. */
final class Source {
    private static final long ROUND_TRIP_MILLIS_MAX = 1_000;

    record Asked(int length, long atMillis) {}

    final PeerLink link;
    final DeliveryWindow window;
    /** Chunks asked for, for whose bytes room in memory is reserved. */
    final Map<Integer, Asked> asked = new LinkedHashMap<>();
    /** Chunks asked for and given up on; the peer may still answer. */
    final Set<Integer> late = new LinkedHashSet<>();

    /** Chunks asked for and taken back; until the peer answers they may still come. */
    final Set<Integer> takenBack = new LinkedHashSet<>();

    /** Chunks that the peer has in other shares, by their numbers in the one that is fetched. */
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
     * The peer has answered for a chunk.
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

    /** A chunk has come; it is still among those asked. */
    void delivered(int chunk, int length, long nowMillis) {
        Asked was = asked.get(chunk);
        if (was != null && nowMillis - was.atMillis < roundTripMillis) {
            roundTripMillis = nowMillis - was.atMillis;
            window.roundTrip(Math.min(ROUND_TRIP_MILLIS_MAX, roundTripMillis));
        }
        lastChunkMillis = nowMillis;
        window.delivered(length, nowMillis);
    }

    /**
     * In how many milliseconds a chunk will be here, as far as can be told: by what the peer lately delivered, and where that is not known
     * or the chunk is overdue, as long again as has been waited for it.
     *
     * @param moreBytes to be delivered before it is here, beyond what is asked already
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

    /** Whether it is known how fast it delivers. */
    boolean isMeasured() {
        return window.bytesPerMilli() > 0;
    }

    /** Whether nothing was found to ask when the picker's state was this, and the peer has told of nothing since. */
    boolean hasNothingAt(long version) {
        return nothingToAskAtVersion == version;
    }

    void hasNothing(long version) {
        nothingToAskAtVersion = version;
    }

    /**
     * Gives up on what is owed.
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

    /** It waits no more, whatever became of it. */
    void written(int length) {
        unwrittenBytes -= length;
    }

    /** What has come and waits for a worker or the disk: it counts as on its way, so that a peer faster than those does not fill the memory. */
    long unwrittenBytes() {
        return unwrittenBytes;
    }

    boolean owes() {
        return !asked.isEmpty() || !late.isEmpty();
    }

    /** How long no byte has come while something was owed. */
    long silentMillis(long nowMillis) {
        return owes() ? nowMillis - Math.max(owesSinceMillis, link.lastReceivedMillis()) : 0;
    }

    /** Without a byte for so long, the peer is in doubt: a few of its round trips, within bounds. */
    long patienceMillis(SwarmLimits limits) {
        long fewRoundTrips = roundTripMillis == Long.MAX_VALUE ? 0 : 4 * roundTripMillis;
        return Math.max(limits.silentMillis(), Math.min(2L * limits.silentMillis(), fewRoundTrips));
    }

    /** Asks nothing until then. */
    void quietUntil(long millis) {
        quietUntilMillis = millis;
    }

    boolean isQuiet(long nowMillis) {
        return nowMillis < quietUntilMillis;
    }
}
