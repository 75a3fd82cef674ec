package io.cairn.dht.node.record;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.wire.RecordBatch;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands records to newcomers that should hold them (Kademlia, section 2.5). Of all holders of a record only the one closest to its key does
 * so. This node therefore checks only keys in the part of the space where it knows no other node, a k-th of what it holds, and no key at
 * all for the many newcomers that are far away.
 */
final class HandOver {
    private static final int NEWCOMERS_MAX = 256;

    /** For this long a newcomer may not yet have its records, and hands none over. */
    private static final long SETTLING_MILLIS = 60_000;

    private static final int BATCHES_PER_STEP = 512;

    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final Deque<Contact> newcomers = new ArrayDeque<>(1);
    private final Map<Contact, Long> arrivals = new LinkedHashMap<>();
    private boolean isClosed;

    HandOver(Local local, RoutingTable table, RecordStore records, StoreWindow window) {
        this.local = local;
        this.table = table;
        this.records = records;
        this.window = window;
    }

    void close() {
        isClosed = true;
    }

    /** Remembers a newcomer until the next {@link #proceed}, when the table has settled; does nothing while no record is held. */
    void newcomer(Contact contact) {
        if (records.size() > 0 && arrivals.size() < NEWCOMERS_MAX) {
            arrivals.put(contact, local.monotonicMillis());
            newcomers.add(contact);
        }
    }

    /** Whether a newcomer is waiting. */
    boolean isDue() {
        return !newcomers.isEmpty();
    }

    /** Hands records to the newcomers since the last call. */
    void proceed() {
        arrivals.keySet().removeIf(this::isSettled);
        if (newcomers.isEmpty()) {
            return;
        }
        List<Contact> all = table.contacts();
        int bits = sharedOnlyHere(all);
        List<RecordBatch> batches = records.batchesSharing(bits);
        while (!newcomers.isEmpty()) {
            Contact newcomer = newcomers.remove();
            if (!batches.isEmpty() && isNear(newcomer, bits, all)) {
                handOver(newcomer, batches, 0);
            }
        }
    }

    private void handOver(Contact newcomer, List<RecordBatch> batches, int from) {
        if (isClosed || !table.contains(newcomer)) {
            return;
        }
        List<Contact> all = table.contacts();
        int to = Math.min(batches.size(), from + BATCHES_PER_STEP);
        for (RecordBatch batch : batches.subList(from, to)) {
            if (Landmarks.of(batch).stream().anyMatch(key -> isOursToHandOver(newcomer, key, all))) {
                window.store(newcomer, batch, (holder, accepted) -> {});
            }
        }
        if (to < batches.size()) {
            local.environment().scheduler().execute(() -> handOver(newcomer, batches, to));
        }
    }

    /** Whether the newcomer should hold the key and no settled node is closer to it than this one. */
    private boolean isOursToHandOver(Contact newcomer, Key key, List<Contact> all) {
        Distance own = local.id().distanceTo(key);
        Distance theirs = newcomer.id().distanceTo(key);
        int closerThanNewcomer = own.compareTo(theirs) < 0 ? 1 : 0;
        for (Contact other : all) {
            Distance distance = other.id().distanceTo(key);
            if (distance.compareTo(own) < 0 && isSettled(other)) {
                return false;
            }
            closerThanNewcomer += distance.compareTo(theirs) < 0 ? 1 : 0;
        }
        return closerThanNewcomer < local.limits().k();
    }

    /**
     * The least number of leading bits a key shares with this node if no settled contact is closer to it. A contact that branches off from
     * this node's id at some bit is closer to every key that branches off there too.
     */
    private int sharedOnlyHere(List<Contact> all) {
        BitSet taken = new BitSet();
        for (Contact contact : all) {
            if (isSettled(contact)) {
                taken.set(contact.id().commonPrefixLength(local.id()));
            }
        }
        return taken.nextClearBit(0);
    }

    /** Whether the newcomer can be among the k closest nodes of a key that shares this many bits with this node. */
    private boolean isNear(Contact newcomer, int bits, List<Contact> all) {
        int shared = newcomer.id().commonPrefixLength(local.id());
        if (shared >= bits) {
            return true;
        }
        int closer = 1;
        for (Contact contact : all) {
            closer += contact.id().commonPrefixLength(local.id()) > shared ? 1 : 0;
        }
        return closer < local.limits().k();
    }

    private boolean isSettled(Contact contact) {
        Long sinceMillis = arrivals.get(contact);
        return sinceMillis == null || sinceMillis <= local.monotonicMillis() - SETTLING_MILLIS;
    }
}
