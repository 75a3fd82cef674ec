package io.cairn.sim.chord;

/**
 * The results of a {@link ChordExperiment}, in the terms used for Kademlia.
 *
 * @param nodes on the ring before any crashed
 * @param crashed the fraction of them that crashed, 0 to 1
 * @param route the route of the look-ups
 * @param lookups the number of look-ups
 * @param meanHops nodes that answered until the keeper of the key was named, without the asker: the path length of the paper, and for
 *     Kademlia the rounds until the closest node is known
 * @param rpcs mean number of nodes asked in a look-up, the keeper among them
 * @param timeouts mean number of nodes in a look-up that did not answer in time
 * @param latencyP50Millis until the keeper has answered
 * @param success the fraction of look-ups that ended at the living node that truly keeps the key, 0 to 1
 * @param messagesPerNodePerSecond datagrams before the crash and the look-ups, requests and answers alike: the cost of idle upkeep, plus
 *     churn if there is any
 * @param bytesPerNodePerSecond the same in bytes, in envelopes as long as Kademlia's
 * @param entriesPerNode mean number of distinct nodes that a node knows, before the crash
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
