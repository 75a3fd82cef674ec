package io.cairn.app.catalogue;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest change of a share in a catalogue.
 *
 * @param entry null if it is no longer listed
 * @param viewers who may hear of it; null for everybody
 * @param bytes that it takes on a page
 */
record Change(
        Key hash, @Nullable ListedShare entry, @Nullable Set<NodeId> viewers, int bytes) {
    boolean isVisibleTo(NodeId asker) {
        return viewers == null || viewers.contains(asker);
    }
}
