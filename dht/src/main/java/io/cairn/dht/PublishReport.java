package io.cairn.dht;

/**
 * The result of a publication.
 *
 * @param rootStoredOn how many nodes hold the root's record, this node included if it is among the closest
 * @param rootTargets how many nodes were to hold it
 * @param keys distinct keys published
 * @param keysStored keys that at least one node holds
 * @param nodes distinct nodes that hold at least one of the records
 * @param lookups look-ups needed
 * @param datagrams datagrams sent for it, look-ups and repetitions included
 * @param millis from the call to the last answer
 * @param publishedAtMillis when it was published, wall-clock milliseconds since 1970: a later {@link Provision} passes it as last
 *     published; 0 if some keys are still pending, whose time goes to the {@link PublishJournal} later
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
