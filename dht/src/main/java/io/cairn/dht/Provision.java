package io.cairn.dht;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordType;
import java.util.List;

/**
 * A content that this node serves.
 *
 * @param root the key of the manifest: the hash of the share
 * @param chunks the keys of the chunks it holds, in any order; may repeat, may be empty for a content that is still being fetched
 * @param endpoints where this node serves, at most {@link Provider#ENDPOINTS_MAX}. The latest call counts for all contents; if it changes
 *     the endpoints, everything is republished
 * @param lastPublishedMillis when this content was first completely published, wall-clock milliseconds since 1970, if every run since has
 *     kept it published; 0 if not. If set, its keys are published with their regions
 * @param chunksAfterMillis how long after the root the chunks are first published, 0 for at once
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

    /** A provision that publishes everything at once. */
    public Provision(Key root, List<Key> chunks, List<Endpoint> endpoints, long lastPublishedMillis) {
        this(root, chunks, endpoints, lastPublishedMillis, 0);
    }

    /** The announcement of this content, with the longest life that holders allow. */
    Announcement announcement() {
        return new Announcement(
                RecordType.PROVIDER,
                root,
                chunks,
                new byte[0],
                Long.MAX_VALUE,
                lastPublishedMillis,
                chunksAfterMillis,
                0);
    }
}
