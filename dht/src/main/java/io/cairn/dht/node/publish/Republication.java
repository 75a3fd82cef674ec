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
 * Republishes what this node serves, one region of the key space after another, with all keys of each region regardless of their content.
 * The {@link SweepSchedule} sets the times; after a restart it resumes where the earlier run stopped. A region has about 80 to 300 nodes,
 * so look-ups seldom meet the same node twice and little is held at once.
 */
final class Republication {
    /** A region is this many bits wider than the part of the space that holds this node's k neighbours. */
    private static final int WIDER_BITS = 2;

    /** Time from the first sign of life until the table shows the network's size: a join takes a few seconds. */
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

    /** Resumes an earlier run. Cells whose records name other endpoints are due. */
    void resume(List<PublishedRegion> earlier, List<Endpoint> endpoints) {
        for (PublishedRegion region : earlier) {
            boolean isTrue = region.endpoints().equals(endpoints);
            schedule().resume(region.cell(), isTrue ? region.publishedMillis() : 0);
        }
    }

    /**
     * Adds contents published at this time; cells without a record of their publication count as published then.
     *
     * @return these cells
     */
    List<Integer> begin(long publishedMillis) {
        List<Integer> begun = schedule().begin(publishedMillis);
        plan();
        return begun;
    }

    /** The records are outdated: republishes all regions. */
    void repeatAll() {
        truth++;
        schedule().makeAllDue();
        plan();
    }

    /** No node answers: starts nothing until {@link #wake}. */
    void cutOff() {
        isCutOff = true;
        isPaused = true;
    }

    /** Whether no node has answered since {@link #cutOff}, or at all. */
    boolean isCutOff() {
        return isCutOff;
    }

    /** A node answers again. */
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

    /** Created on first use: most nodes of a large simulation publish nothing. */
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

    /** The leading bits that the keys of a region share: fewer than this node shares with its k closest contacts. */
    private int regionBits() {
        int k = local.limits().k();
        List<Contact> closest = table.closest(Key.at(local.id()), k);
        int shared = closest.size() < k ? 0 : Id160.LENGTH_BITS;
        for (Contact contact : closest) {
            shared = Math.min(shared, contact.id().commonPrefixLength(local.id()));
        }
        return Math.max(0, Math.min(SweepSchedule.CELL_BITS, shared - WIDER_BITS));
    }

    /** One region being republished. */
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
