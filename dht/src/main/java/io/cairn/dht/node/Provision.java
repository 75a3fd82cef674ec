package io.cairn.dht.node;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * A content this node serves.
 *
 * @param root the key of the manifest: the hash of the share
 * @param chunks the keys of the chunks it holds, in any order; may repeat, may be empty for one that is only being fetched
 * @param endpoints where this node serves, at most {@link Provider#ENDPOINTS_MAX}
 * @param lastPublishedMillis when these records were last published, wall-clock milliseconds since 1970; 0 if never. After a restart a
 *     publication that is still fresh is not repeated at once but when it is due
 */
public record Provision(Key root, List<Key> chunks, List<Endpoint> endpoints, long lastPublishedMillis) {
    public Provision {
        chunks = List.copyOf(chunks);
        endpoints = List.copyOf(endpoints);
    }
}
