package io.cairn.app.catalogue;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.catalogue.CatalogueCodec;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a catalogue in their order. Each share has at most one entry and one removal in it, the latest of each, so that the log is
 * as long as the catalogue and not as its history. On the loop.
 */
final class ChangeLog {
    private final NavigableMap<Long, Change> changes = new TreeMap<>();
    private final Map<Key, Long> entries = new HashMap<>();
    private final Map<Key, Long> removals = new HashMap<>();
    private long last;

    /** The number of the latest change; 0 if there was none. */
    long last() {
        return last;
    }

    int entryCount() {
        return entries.size();
    }

    int removalCount() {
        return removals.size();
    }

    /** The changes after one, in their order. */
    NavigableMap<Long, Change> after(long number) {
        return changes.tailMap(number, false);
    }

    /** The entry of a share. */
    @Nullable
    Change entry(Key hash) {
        Long number = entries.get(hash);
        return number == null ? null : changes.get(number);
    }

    Set<Key> listed() {
        return Set.copyOf(entries.keySet());
    }

    /** Lists a share; those who saw it and no longer do hear that it is gone. */
    void list(ListedShare share, @Nullable Set<NodeId> viewers) {
        Set<NodeId> lost = lost(share.hash(), viewers);
        forget(share.hash());
        if (!lost.isEmpty()) {
            addRemoval(share.hash(), lost);
        }
        changes.put(++last, new Change(share.hash(), share, viewers, CatalogueCodec.bytes(share)));
        entries.put(share.hash(), last);
    }

    /** No longer lists a share; those who saw it hear that. */
    void remove(Key hash) {
        Change entry = entry(hash);
        Set<NodeId> lost = lost(hash, Set.of());
        forget(hash);
        if (entry != null && entry.viewers() == null) {
            addRemoval(hash, null);
        } else if (!lost.isEmpty()) {
            addRemoval(hash, lost);
        }
    }

    /** No longer lists a share here, since everybody sees it elsewhere. */
    void forget(Key hash) {
        drop(entries.remove(hash));
        drop(removals.remove(hash));
    }

    private void drop(@Nullable Long number) {
        if (number != null) {
            changes.remove(number);
        }
    }

    /** Those who may hear of a change; a log of changes for everybody has none. */
    Set<NodeId> viewers() {
        Set<NodeId> viewers = new HashSet<>();
        changes.values().forEach(change -> {
            if (change.viewers() != null) {
                viewers.addAll(change.viewers());
            }
        });
        return viewers;
    }

    private void addRemoval(Key hash, @Nullable Set<NodeId> viewers) {
        changes.put(++last, new Change(hash, null, viewers, CatalogueLimits.REMOVAL_BYTES));
        removals.put(hash, last);
    }

    private Set<NodeId> lost(Key hash, @Nullable Set<NodeId> now) {
        Set<NodeId> lost = new HashSet<>();
        if (now == null) {
            return lost;
        }
        addViewers(entries.get(hash), lost);
        addViewers(removals.get(hash), lost);
        lost.removeAll(now);
        return lost;
    }

    private void addViewers(@Nullable Long number, Set<NodeId> to) {
        Change change = number == null ? null : changes.get(number);
        if (change != null && change.viewers() != null) {
            to.addAll(change.viewers());
        }
    }
}
