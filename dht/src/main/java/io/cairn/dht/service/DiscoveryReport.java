package io.cairn.dht.service;

/**
 * The steps of a search for services.
 *
 * @param services distinct services found
 * @param lookups look-ups made, one for each shard and further page
 * @param asked nodes asked, counted once for each look-up
 * @param answered how many of these answered
 * @param isComplete whether all was read that most holders said they hold; false if nobody answered, or the search stopped at a limit
 */
public record DiscoveryReport(int services, int lookups, int asked, int answered, boolean isComplete, long millis) {}
