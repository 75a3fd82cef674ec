package io.cairn.sim.file;

import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.scenario.Scenario;

/**
 * Estimates the heap of a run from runs of several sizes, measured after a collection (docs/SIMULATION.md). Nearly all of it is nodes:
 * their tables, and their memory of nodes they talked to recently. The estimate is above all measured values.
 */
final class HeapEstimate {
    /** Nodes that all start with full tables, and stay. Measured: 13 to 15 KiB after minutes, also with a fraction of adversaries. */
    private static final long NODE_BYTES = 16 << 10;

    /** Added by upkeep in the first hour. Measured: 24 KiB after an hour. */
    private static final long NODE_HOUR_BYTES = 10 << 10;

    /** Nodes that join, leave or die, or sign their datagrams. Measured: up to 46 KiB. */
    private static final long BUSY_NODE_BYTES = 48 << 10;

    /** A record on one node. Measured: 0.1 KiB. */
    private static final long HELD_RECORD_BYTES = 128;

    /** The program, the queue of events, and short-lived objects. */
    private static final long BASE_BYTES = 96L << 20;

    private static final long HOUR_MILLIS = 3_600_000;

    /** Holders of a record if a scenario sets no number. */
    private static final int HOLDERS = KademliaLimits.defaults().k();

    private HeapEstimate() {}

    static long of(Scenario scenario) {
        long nodeBytes = isCalm(scenario) ? calmNodeBytes(scenario.durationMillis()) : BUSY_NODE_BYTES;
        int holders =
                scenario.kademlia().k() == 0 ? HOLDERS : scenario.kademlia().k();
        long published = scenario.publications().stream()
                .mapToLong(publication -> (long) publication.publishers() * publication.keys())
                .sum();
        return BASE_BYTES + scenario.nodes() * nodeBytes + published * holders * HELD_RECORD_BYTES;
    }

    /** The -Xmx at which Java's maximum heap, which excludes one survivor space, holds this many bytes. */
    static long gibibytesFor(long bytes) {
        return (bytes + bytes / 29 >> 30) + 1;
    }

    private static boolean isCalm(Scenario scenario) {
        return scenario.start() == Scenario.Start.ORACLE
                && !scenario.isSigned()
                && scenario.churn() == null
                && scenario.deaths().stream().allMatch(death -> death.part() == 0)
                && scenario.partitions().isEmpty();
    }

    private static long calmNodeBytes(long durationMillis) {
        return NODE_BYTES + NODE_HOUR_BYTES * Math.min(durationMillis, HOUR_MILLIS) / HOUR_MILLIS;
    }
}
