package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;

/** Hears of what a swarm does on its own. Called on the node's loop. */
@FunctionalInterface
public interface SwarmListener {
    /**
     * A chunk that a peer requested could not be read; the peer got a refusal.
     *
     * @param failure a {@link io.cairn.transfer.content.ContentChangedException} if the file has changed since it was shared: then the
     *     share has been withdrawn
     */
    void unreadable(Key share, Throwable failure);
}
