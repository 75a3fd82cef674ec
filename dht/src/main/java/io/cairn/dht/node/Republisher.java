package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

    /** As long as this, a newcomer may not yet hold what it is to hold, and hands nothing over. */
    private static final long SETTLING_MILLIS = 60_000;

    private static final int BATCHES_PER_STEP = 512;

    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final Deque<Contact> newcomers = new ArrayDeque<>();
    private final Map<Contact, Long> arrivals = new LinkedHashMap<>();
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
        if (arrivals.size() < NEWCOMERS_MAX) {
            arrivals.put(contact, local.monotonicMillis());
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
        long settledMillis = local.monotonicMillis() - SETTLING_MILLIS;
        arrivals.values().removeIf(sinceMillis -> sinceMillis <= settledMillis);
        List<RecordBatch> batches = newcomers.isEmpty() ? List.of() : records.batches();
        while (!newcomers.isEmpty()) {
            handOver(newcomers.remove(), batches, 0);
        }
        scheduleTick();
    }

    private void passOn(RecordBatch batch) {
        Set<Contact> holders = new LinkedHashSet<>();
        landmarks(batch)
                .forEach(key -> holders.addAll(table.closest(key, local.limits().k())));
        holders.forEach(holder -> send(batch, holder));
    }

    private void handOver(Contact newcomer, List<RecordBatch> batches, int from) {
        if (isClosed || !table.contains(newcomer)) {
            return;
        }
        List<Contact> all = table.contacts();
        int to = Math.min(batches.size(), from + BATCHES_PER_STEP);
        for (RecordBatch batch : batches.subList(from, to)) {
            if (landmarks(batch).anyMatch(key -> isOursToHandOver(newcomer, key, all))) {
                send(batch, newcomer);
            }
        }
        if (to < batches.size()) {
            local.environment().scheduler().execute(() -> handOver(newcomer, batches, to));
        }
    }

    /** Whether the newcomer is to hold the key, and no node that has settled is closer to it than this one. */
    private boolean isOursToHandOver(Contact newcomer, Key key, List<Contact> all) {
        Distance own = local.id().distanceTo(key);
        Distance theirs = newcomer.id().distanceTo(key);
        int closerThanNewcomer = own.compareTo(theirs) < 0 ? 1 : 0;
        for (Contact other : all) {
            Distance distance = other.id().distanceTo(key);
            if (distance.compareTo(own) < 0 && !arrivals.containsKey(other)) {
                return false;
            }
            closerThanNewcomer += distance.compareTo(theirs) < 0 ? 1 : 0;
        }
        return closerThanNewcomer < local.limits().k();
    }

    /** The keys of a batch lie close together: those at its ends and in its middle stand for all. */
    private static Stream<Key> landmarks(RecordBatch batch) {
        List<Key> keys = batch.keys();
        return Stream.of(keys.get(0), keys.get(keys.size() / 2), keys.get(keys.size() - 1))
                .distinct();
    }

    private void send(RecordBatch batch, Contact holder) {
        window.store(holder, batch, (to, accepted) -> {});
    }
}
