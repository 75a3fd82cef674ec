package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * What a hash or link names.
 *
 * @param name as the link says, empty if it says none; never trusted as a path
 * @param size in bytes as the link says, -1 if it says none
 * @param peers addresses in the link that may have it
 */
public record FetchTarget(Key hash, String name, long size, List<Endpoint> peers) {
    public FetchTarget {
        peers = List.copyOf(peers);
    }
}
