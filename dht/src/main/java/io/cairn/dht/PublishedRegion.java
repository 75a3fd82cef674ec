package io.cairn.dht;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.SweepSchedule;
import java.util.List;

/**
 * A part of the key space all of whose records were published.
 *
 * @param cell the first eight bits of its keys, 0 to 255
 * @param publishedMillis when, wall-clock milliseconds since 1970
 * @param endpoints the endpoints that its records name for this node
 */
public record PublishedRegion(int cell, long publishedMillis, List<Endpoint> endpoints) {
    public PublishedRegion {
        if (cell < 0 || cell >= SweepSchedule.CELLS) {
            throw new IllegalArgumentException("a cell is at most 255, not " + cell);
        }
        endpoints = List.copyOf(endpoints);
    }
}
