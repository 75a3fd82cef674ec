package io.cairn.dht.node.record;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.wire.RecordBatch;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of others alive (Kademlia, section 2.5): passes on records that nobody has sent for an hour, has newcomers handed
 * theirs, and drops expired ones. It needs no look-ups, because a holder of a record knows the nodes around its key. A node that holds
 * nothing sets no timer, and one that does sets it only for when something is due.
 */
public final class Republisher implements RecordStore.Observer {
    /** The pause between two checks, up to half less: work that falls due within it is done together, and nodes drift apart. */
    private static final long PAUSE_MILLIS = 10_000;

    /** The furthest ahead that a check is planned, since the wall clock may jump. */
    private static final long AHEAD_MILLIS_MAX = 600_000;

    private static final int BATCHES_AT_ONCE_MAX = 32;

    /** Passing on pauses while this many STOREs are unsent. */
    private static final int WAITING_MAX = 2_048;

    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final HandOver handOver;
    private @Nullable Timer timer;
    private long timerMillis;
    private boolean isClosed;

    public Republisher(Local local, RoutingTable table, RecordStore records, StoreWindow window) {
        this.local = local;
        this.table = table;
        this.records = records;
        this.window = window;
        this.handOver = new HandOver(local, table, records, window);
        records.observe(this);
    }

    public void close() {
        isClosed = true;
        handOver.close();
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Hands a newcomer its records once the table has settled. */
    public void newcomer(Contact contact) {
        handOver.newcomer(contact);
        plan();
    }

    @Override
    public void kept(RecordBatch batch, Endpoint from) {
        plan();
    }

    @Override
    public void dropped(RecordBatch batch) {
        // a check planned for it finds nothing due
    }

    @Override
    public void copied() {
        plan();
    }

    /** Plans a check for when something is due, and none if nothing will be. */
    private void plan() {
        long dueMillis = handOver.isDue() ? 0 : records.nextDueMillis();
        if (isClosed || dueMillis == Long.MAX_VALUE) {
            return;
        }
        long aheadMillis = Math.max(0, Math.min(dueMillis - local.wallMillis(), AHEAD_MILLIS_MAX));
        long nowMillis = local.monotonicMillis();
        if (timer != null && timerMillis <= nowMillis + aheadMillis + PAUSE_MILLIS) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        long spreadMillis = local.environment().random().nextLong(PAUSE_MILLIS / 2);
        long delayMillis = aheadMillis + PAUSE_MILLIS / 2 + spreadMillis;
        timerMillis = nowMillis + delayMillis;
        timer = local.environment().scheduler().schedule(delayMillis, this::look);
    }

    private void look() {
        timer = null;
        if (isClosed) {
            return;
        }
        long wallMillis = local.wallMillis();
        records.expire(wallMillis);
        if (window.waiting() < WAITING_MAX) {
            records.takeDueForRepublish(BATCHES_AT_ONCE_MAX, wallMillis).forEach(this::passOn);
        }
        handOver.proceed();
        plan();
    }

    private void passOn(RecordBatch batch) {
        Set<Contact> holders = new LinkedHashSet<>();
        for (Key key : Landmarks.of(batch)) {
            holders.addAll(table.closest(key, local.limits().k()));
        }
        holders.forEach(holder -> window.store(holder, batch, (to, accepted) -> {}));
    }
}
