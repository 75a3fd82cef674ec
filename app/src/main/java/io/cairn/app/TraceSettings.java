package io.cairn.app;

import io.cairn.dht.id.NodeId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node writes what it does for a fetch to a file, so that the fetch can be followed across nodes.
 *
 * @param file where to; null for no tracing
 * @param peers the nodes whose traces this one continues
 */
public record TraceSettings(@Nullable Path file, List<NodeId> peers) {
    /** No tracing. */
    public static final TraceSettings OFF = new TraceSettings(null, List.of());

    public TraceSettings {
        peers = List.copyOf(peers);
    }
}
