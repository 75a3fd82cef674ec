package io.cairn.transfer.swarm;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One peer as a source of one fetch: what it owes and what it has given. Confined to the loop. */
final class Source {
    final PeerLink link;
    final DeliveryWindow window;
    /** Chunks asked for, and their lengths, for which room in memory is reserved. */
    final Map<Integer, Integer> asked = new LinkedHashMap<>();
    /** Chunks asked for and given up on; the peer may still answer. */
    final Set<Integer> late = new LinkedHashSet<>();

    private long askedBytes;
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
        asked.put(chunk, length);
        askedBytes += length;
    }

    /**
     * The peer has answered for a chunk.
     *
     * @return the bytes that had been reserved for it
     */
    int answered(int chunk) {
        late.remove(chunk);
        Integer length = asked.remove(chunk);
        askedBytes -= length == null ? 0 : length;
        return length == null ? 0 : length;
    }

    /**
     * Gives up on what is owed.
     *
     * @return the bytes that had been reserved
     */
    long giveUp() {
        late.addAll(asked.keySet());
        asked.clear();
        long bytes = askedBytes;
        askedBytes = 0;
        return bytes;
    }

    long askedBytes() {
        return askedBytes;
    }

    boolean owes() {
        return !asked.isEmpty() || !late.isEmpty();
    }

    /** How long no byte has come while something was owed. */
    long silentMillis(long nowMillis) {
        return owes() ? nowMillis - Math.max(owesSinceMillis, link.lastReceivedMillis()) : 0;
    }

    /** Asks nothing until then. */
    void quietUntil(long millis) {
        quietUntilMillis = millis;
    }

    boolean isQuiet(long nowMillis) {
        return nowMillis < quietUntilMillis;
    }
}
