package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * The share named by a hash or link.
 *
 * @param name from the link, empty if it has none; never trusted as a path
 * @param size in bytes from the link, -1 if it has none
 * @param peers addresses from the link of possible providers
 */
public record FetchTarget(Key hash, String name, long size, List<Endpoint> peers) {
    public FetchTarget {
        peers = List.copyOf(peers);
    }
}
