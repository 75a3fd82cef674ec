package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of others alive (Kademlia, section 2.5): passes on what nobody has sent for an hour, and hands newcomers what they
 * are to hold. Needs no look-ups: whoever holds a record knows the nodes around its key.
 */
final class Republisher {
    private static final long TICK_MILLIS = 10_000;
    private static final int BATCHES_PER_TICK = 32;

    /** Passing on waits while so many STOREs have not been sent. */
    private static final int WAITING_MAX = 2_048;

    private static final int NEWCOMERS_MAX = 256;
    private static final int BATCHES_PER_STEP = 512;

    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final Deque<Contact> newcomers = new ArrayDeque<>();
    private @Nullable Timer timer;
    private boolean isClosed;

    Republisher(Local local, RoutingTable table, RecordStore records, StoreWindow window) {
        this.local = local;
        this.table = table;
        this.records = records;
        this.window = window;
    }

    void start() {
        scheduleTick();
    }

    void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Remembers a newcomer until the next tick, when the table has settled. */
    void newcomer(Contact contact) {
        if (records.size() > 0 && newcomers.size() < NEWCOMERS_MAX) {
            newcomers.add(contact);
        }
    }

    private void scheduleTick() {
        long spreadMillis = local.environment().random().nextLong(TICK_MILLIS / 2);
        timer = local.environment().scheduler().schedule(TICK_MILLIS / 2 + spreadMillis, this::tick);
    }

    private void tick() {
        if (isClosed) {
            return;
        }
        long wallMillis = local.wallMillis();
        records.expire(wallMillis);
        if (window.waiting() < WAITING_MAX) {
            records.takeDueForRepublish(BATCHES_PER_TICK, wallMillis).forEach(this::passOn);
        }
        while (!newcomers.isEmpty()) {
            Contact newcomer = newcomers.remove();
            handOver(newcomer, records.batches(), 0);
        }
        scheduleTick();
    }

    private void passOn(RecordBatch batch) {
        Set<Contact> holders = new LinkedHashSet<>();
        List<Key> keys = batch.keys();
        int k = local.limits().k();
        for (int index : new int[] {0, keys.size() / 2, keys.size() - 1}) {
            holders.addAll(table.closest(keys.get(index), k));
        }
        holders.forEach(holder -> send(batch, holder));
    }

    /** Gives a newcomer the batches around whose middle key it is one of the k closest, if no other node is closer than this one. */
    private void handOver(Contact newcomer, List<RecordBatch> batches, int from) {
        if (isClosed || !table.contains(newcomer)) {
            return;
        }
        List<Contact> all = table.contacts();
        int to = Math.min(batches.size(), from + BATCHES_PER_STEP);
        for (RecordBatch batch : batches.subList(from, to)) {
            if (isOursToHandOver(newcomer, batch.keys().get(batch.keys().size() / 2), all)) {
                send(batch, newcomer);
            }
        }
        if (to < batches.size()) {
            local.environment().scheduler().execute(() -> handOver(newcomer, batches, to));
        }
    }

    private boolean isOursToHandOver(Contact newcomer, Key key, List<Contact> all) {
        var ownDistance = local.id().distanceTo(key);
        var newDistance = newcomer.id().distanceTo(key);
        int closerThanNewcomer = ownDistance.compareTo(newDistance) < 0 ? 1 : 0;
        for (Contact other : all) {
            var distance = other.id().distanceTo(key);
            if (distance.compareTo(ownDistance) < 0 && !other.equals(newcomer)) {
                return false;
            }
            closerThanNewcomer += distance.compareTo(newDistance) < 0 ? 1 : 0;
        }
        return closerThanNewcomer < local.limits().k();
    }

    private void send(RecordBatch batch, Contact holder) {
        window.store(holder, batch, (to, accepted) -> {});
    }
}
