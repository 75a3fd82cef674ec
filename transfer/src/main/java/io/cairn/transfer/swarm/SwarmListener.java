package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;

/** Hears of what a swarm does unasked. Called on the node's loop. */
@FunctionalInterface
public interface SwarmListener {
    /**
     * A chunk that a peer asked for could not be read; the peer has been told.
     *
     * @param failure a {@link io.cairn.transfer.content.ContentChangedException} if the file is no longer what was shared: then the share
     *     has been withdrawn
     */
    void unreadable(Key share, Throwable failure);
}
