package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The share named by a hash or link.
 *
 * @param name from the link, empty if it has none; never trusted as a path
 * @param size in bytes from the link, -1 if it has none
 * @param peers addresses from the link of possible providers
 * @param secret of a share that is for some alone; null if none is known
 */
public record FetchTarget(
        Key hash,
        String name,
        long size,
        List<Endpoint> peers,
        @Nullable ShareSecret secret) {
    public FetchTarget {
        peers = List.copyOf(peers);
    }

    /** A share that is open, as far as is known. */
    public FetchTarget(Key hash, String name, long size, List<Endpoint> peers) {
        this(hash, name, size, peers, null);
    }
}
