package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import java.nio.file.Path;

/** Hears of what a swarm does unasked. Called on the node's loop. */
@FunctionalInterface
public interface SwarmListener {
    /** A shared file is no longer what was shared: the share has been withdrawn. */
    void contentChanged(Key share, Path file, String reason);
}
