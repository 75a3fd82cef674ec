package io.cairn.dht.node.publish;

import io.cairn.dht.PublishedRegion;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.SweepSchedule;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.request.Local;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes anew what this node serves, one region of the key space after the other, each with all its keys, whichever content they are of.
 * The {@link SweepSchedule} says when; after a restart it goes on where the earlier run was. A region has some 80 to 300 nodes, so that
 * look-ups seldom meet the same node twice and little is held at once.
 */
final class Republication {
    /** Regions are larger than the part of the space that holds this node's k neighbours: so many bits. */
    private static final int WIDER_BITS = 2;

    /** So long after the first sign of life the table says how large the network is: a join takes a few seconds. */
    private static final long SETTLE_MILLIS = 20_000;

    private final Local local;
    private final Lookups lookups;
    private final RoutingTable table;
    private final OwnRecords own;
    private final Set<Running> running = new LinkedHashSet<>();
    private @Nullable SweepSchedule schedule;
    private @Nullable Timer timer;
    private int truth;
    private boolean isCutOff = true;
    private boolean isPaused = true;
    private boolean isClosed;

    Republication(Local local, Lookups lookups, RoutingTable table, OwnRecords own) {
        this.local = local;
        this.lookups = lookups;
        this.table = table;
        this.own = own;
    }

    /** Goes on where an earlier run was. Cells whose records name other endpoints are due. */
    void resume(List<PublishedRegion> earlier, List<Endpoint> endpoints) {
        for (PublishedRegion region : earlier) {
            boolean isTrue = region.endpoints().equals(endpoints);
            schedule().resume(region.cell(), isTrue ? region.publishedMillis() : 0);
        }
    }

    /**
     * Contents published at this time have joined; cells of which nothing is known count as published then.
     *
     * @return these cells
     */
    List<Integer> begin(long publishedMillis) {
        List<Integer> begun = schedule().begin(publishedMillis);
        plan();
        return begun;
    }

    /** What the records say is no longer true. */
    void repeatAll() {
        truth++;
        schedule().makeAllDue();
        plan();
    }

    /** Nobody answers: starts nothing until {@link #wake}. */
    void cutOff() {
        isCutOff = true;
        isPaused = true;
    }

    /** Whether nobody has answered since {@link #cutOff}, or at all. */
    boolean isCutOff() {
        return isCutOff;
    }

    /** Somebody answers again. */
    void heard() {
        isCutOff = false;
    }

    /** Continues soon. */
    void wake() {
        local.environment().scheduler().schedule(SETTLE_MILLIS, this::goOn);
    }

    void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
        List.copyOf(running).forEach(run -> run.sweep.cancel());
    }

    private void goOn() {
        isPaused = false;
        if (schedule != null) {
            schedule.retryNow();
        }
        plan();
    }

    /** Made when it is first needed: most nodes of a large simulation publish nothing. */
    private SweepSchedule schedule() {
        SweepSchedule made = schedule;
        if (made == null) {
            made = new SweepSchedule(local.id(), local.limits());
            schedule = made;
        }
        return made;
    }

    private void plan() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (isPaused || isClosed || schedule == null) {
            return;
        }
        if (table.size() == 0) {
            cutOff();
            return;
        }
        int bits = regionBits();
        while (running.size() < local.limits().publishing().lanes()) {
            SweepSchedule.Region region =
                    schedule().take(bits, local.wallMillis()).orElse(null);
            if (region == null) {
                long waitMillis = schedule().waitMillis(bits, local.wallMillis());
                timer = local.environment().scheduler().schedule(waitMillis + 1, this::plan);
                return;
            }
            publish(region);
        }
    }

    private void publish(SweepSchedule.Region region) {
        long sequence = own.nextSequence();
        List<Key> keys = own.keysBetween(region.lowest(), region.highest());
        if (keys.isEmpty()) {
            schedule().succeeded(region, sequence);
            return;
        }
        Running run = new Running(region, sequence, keys);
        running.add(run);
        run.sweep.start();
    }

    /** How many leading bits the keys of a region share: fewer than this node shares with its k closest contacts. */
    private int regionBits() {
        int k = local.limits().k();
        List<Contact> closest = table.closest(Key.at(local.id()), k);
        int shared = closest.size() < k ? 0 : Id160.LENGTH_BITS;
        for (Contact contact : closest) {
            shared = Math.min(shared, contact.id().commonPrefixLength(local.id()));
        }
        return Math.max(0, Math.min(SweepSchedule.CELL_BITS, shared - WIDER_BITS));
    }

    /** One region under way. */
    private final class Running {
        private final SweepSchedule.Region region;
        private final long sequence;
        private final int told = truth;
        private final Tally tally = new Tally(this::ended);
        private final Sweep sweep;

        Running(SweepSchedule.Region region, long sequence, List<Key> keys) {
            this.region = region;
            this.sequence = sequence;
            Coverage coverage = new Coverage(local.id(), local.limits().k());
            Stores stores = own.stores(own.provider(sequence), tally);
            this.sweep = new Sweep(local, lookups, stores, coverage, keys, tally);
        }

        private void ended() {
            running.remove(this);
            if (tally.failed().isEmpty() && told == truth) {
                schedule().succeeded(region, sequence);
                own.regionsPublished(
                        IntStream.range(region.first(), region.first() + region.count())
                                .boxed()
                                .toList(),
                        sequence);
            } else {
                schedule().failed(region, local.wallMillis());
            }
            if (!tally.hasHeardOthers()) {
                cutOff();
            }
            plan();
        }
    }
}
