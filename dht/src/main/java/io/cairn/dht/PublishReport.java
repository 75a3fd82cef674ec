package io.cairn.dht;

/**
 * How a publication went.
 *
 * @param rootStoredOn on how many nodes the root's record now is, this node included if it is among the closest
 * @param rootTargets how many nodes were to hold it
 * @param keys distinct keys published
 * @param keysStored keys that at least one node holds
 * @param nodes distinct nodes that hold at least one of the records
 * @param lookups look-ups that were needed
 * @param datagrams datagrams sent for it, look-ups and repetitions included
 * @param millis from the call to the last answer
 * @param publishedAtMillis when, wall-clock milliseconds since 1970: what a later {@link Provision} gives as last published; 0 if some keys
 *     are still to be published, which the {@link PublishJournal} is told of later
 */
public record PublishReport(
        int rootStoredOn,
        int rootTargets,
        int keys,
        int keysStored,
        int nodes,
        int lookups,
        int datagrams,
        long millis,
        long publishedAtMillis) {}
