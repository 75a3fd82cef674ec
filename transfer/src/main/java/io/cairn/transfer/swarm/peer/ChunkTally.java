package io.cairn.transfer.swarm.peer;

import io.cairn.dht.measure.Durations;

/** Counts the chunks that all fetches of a node receive. Confined to the loop. */
public final class ChunkTally {
    private final Durations deliveries = new Durations();
    private long good;
    private long bad;

    /** @param millis from the request to the last byte */
    public void delivered(long millis) {
        deliveries.add(millis);
    }

    /** A chunk matches its digests and is written. */
    public void good() {
        good++;
    }

    /** A chunk does not match its digests. */
    public void bad() {
        bad++;
    }

    public SwarmStatistics.Chunks statistics() {
        return new SwarmStatistics.Chunks(good, bad, deliveries.counts());
    }
}
