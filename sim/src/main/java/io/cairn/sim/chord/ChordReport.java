package io.cairn.sim.chord;

/**
 * What a {@link ChordExperiment} measured, in the terms in which Kademlia is measured.
 *
 * @param nodes on the ring before any crashed
 * @param crashed the part of them that crashed, 0 to 1
 * @param route what the look-ups went by
 * @param lookups how many there were
 * @param meanHops nodes that answered until the keeper of the key was named, the asker left out: the path length of the paper, and for
 *     Kademlia the rounds until the closest node is known
 * @param rpcs mean number of nodes asked in a look-up, the keeper among them
 * @param timeouts mean number of nodes in a look-up that did not answer in time
 * @param latencyP50Millis until the keeper has answered
 * @param success the part of look-ups that ended at the living node that truly keeps the key, 0 to 1
 * @param messagesPerNodePerSecond datagrams before the crash and the look-ups, requests and answers alike: what idle
 *     upkeep costs, and churn where there is some
 * @param bytesPerNodePerSecond the same in bytes, in envelopes as long as Kademlia's
 * @param entriesPerNode different nodes that a node knows on average, before the crash
 * @param traceHash equal for two runs that sent the same datagrams at the same times
 */
public record ChordReport(
        int nodes,
        double crashed,
        Route route,
        int lookups,
        double meanHops,
        int hopsP50,
        int hopsP95,
        double rpcs,
        double timeouts,
        long latencyP50Millis,
        long latencyP95Millis,
        long latencyMaxMillis,
        double success,
        double messagesPerNodePerSecond,
        double bytesPerNodePerSecond,
        double entriesPerNode,
        long traceHash) {}
