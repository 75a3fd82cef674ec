package io.cairn.dht;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordType;
import java.util.List;

/**
 * A content this node serves.
 *
 * @param root the key of the manifest: the hash of the share
 * @param chunks the keys of the chunks it holds, in any order; may repeat, may be empty for one that is only being fetched
 * @param endpoints where this node serves, at most {@link Provider#ENDPOINTS_MAX}. The latest call counts for all contents; if it names
 *     others than before, everything is published anew
 * @param lastPublishedMillis when this content was first published as a whole, wall-clock milliseconds since 1970, if it has been kept
 *     published since in every run; 0 if not. Then its keys go with their regions, when these are due
 * @param chunksAfterMillis how long after the root the chunks are published for the first time, 0 for at once
 */
public record Provision(
        Key root, List<Key> chunks, List<Endpoint> endpoints, long lastPublishedMillis, int chunksAfterMillis) {
    public Provision {
        chunks = List.copyOf(chunks);
        endpoints = List.copyOf(endpoints);
        if (chunksAfterMillis < 0) {
            throw new IllegalArgumentException("chunks are published " + chunksAfterMillis + " ms after the root");
        }
    }

    /** All of it at once. */
    public Provision(Key root, List<Key> chunks, List<Endpoint> endpoints, long lastPublishedMillis) {
        this(root, chunks, endpoints, lastPublishedMillis, 0);
    }

    /** As an announcement, which lives as long as holders allow. */
    Announcement announcement() {
        return new Announcement(
                RecordType.PROVIDER, root, chunks, new byte[0], Long.MAX_VALUE, lastPublishedMillis, chunksAfterMillis);
    }
}
