package io.cairn.app.catalogue;

import io.cairn.app.Catalogue.Browsed;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One browsing: visits a bounded number of nodes, some at a time, and counts how they end. On the loop. */
final class BrowseRun {
    /** Nodes that are visited at the same time: leaves the dialler room for fetches. */
    static final int AT_ONCE = 16;

    /** Most nodes of one browsing. */
    static final int NODES_MAX = 512;

    /** Most entries of one browsing. */
    static final int ENTRIES_MAX = 50_000;

    /** Until it ends, whatever is left. */
    static final long BROWSE_MILLIS_MAX = 30_000;

    private final Scheduler scheduler;
    private final Clock clock;
    private final Visiting visiting;
    private final Hearing hearing;
    private final BooleanSupplier isOver;
    private final long begunMillis;
    private final long settledMillis;
    private final Set<NodeId> nodes = new LinkedHashSet<>();
    private final Set<NodeId> untold = new LinkedHashSet<>();
    private final Deque<Host> waiting = new ArrayDeque<>();
    private final CompletableFuture<Browsed> result = new CompletableFuture<>();
    private int visits;
    private int answered;
    private int cutOff;
    private int entries;

    /** A node to visit, and where it may be; nowhere if it must be found by its id. */
    record Host(NodeId node, List<Endpoint> endpoints) {}

    /** Visits a node. */
    @FunctionalInterface
    interface Visiting {
        CompletableFuture<CatalogueVisit.End> visit(Host host, Consumer<List<ListedShare>> heard);
    }

    /** Hears entries; returns how many of them are wanted. */
    @FunctionalInterface
    interface Hearing {
        int heard(NodeId node, List<ListedShare> entries);
    }

    /**
     * @param settleMillis until it ends at the earliest: how long nodes are still being met
     * @param isOver whether nobody waits for it any more
     */
    BrowseRun(
            Scheduler scheduler,
            Clock clock,
            long settleMillis,
            Visiting visiting,
            Hearing hearing,
            BooleanSupplier isOver) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.visiting = visiting;
        this.hearing = hearing;
        this.isOver = isOver;
        this.begunMillis = clock.monotonicMillis();
        this.settledMillis = begunMillis + settleMillis;
    }

    /** Visits a node, unless it was visited or there are too many. */
    void add(Host host) {
        if (!result.isDone() && nodes.size() < NODES_MAX && nodes.add(host.node())) {
            waiting.add(host);
            proceed();
        }
    }

    /** Completes when all nodes are visited. Call it once the first nodes are added. */
    CompletableFuture<Browsed> result() {
        scheduler.schedule(Math.max(0, settledMillis - clock.monotonicMillis()), this::proceed);
        scheduler.schedule(BROWSE_MILLIS_MAX, this::end);
        return result;
    }

    private void proceed() {
        while (visits < AT_ONCE && !waiting.isEmpty() && !isOver.getAsBoolean()) {
            Host next = waiting.remove();
            visits++;
            CompletableFuture<Void> unused = visiting.visit(next, heard -> heard(next.node(), heard))
                    .handle((end, failure) -> {
                        visits--;
                        count(next.node(), end == null ? CatalogueVisit.End.SILENT : end);
                        proceed();
                        return null;
                    });
        }
        boolean isDone = visits == 0 && waiting.isEmpty() && clock.monotonicMillis() >= settledMillis;
        if (isDone || isOver.getAsBoolean()) {
            end();
        }
    }

    private void heard(NodeId node, List<ListedShare> shares) {
        if (!result.isDone()) {
            if (entries < ENTRIES_MAX) {
                entries += hearing.heard(node, shares);
            } else {
                untold.add(node);
            }
        }
    }

    private void count(NodeId node, CatalogueVisit.End end) {
        answered += end == CatalogueVisit.End.SILENT ? 0 : 1;
        cutOff += end == CatalogueVisit.End.CUT_OFF || untold.contains(node) ? 1 : 0;
    }

    private void end() {
        result.complete(new Browsed(nodes.size(), answered, cutOff, entries, clock.monotonicMillis() - begunMillis));
    }
}
