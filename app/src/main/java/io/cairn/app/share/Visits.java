package io.cairn.app.share;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Nodes that are to be visited, a few at once and each once at a time; one that could not be reached is visited again, ever more rarely.
 * Reads the clock when it is asked to proceed, and has no timer. On the loop.
 */
final class Visits {
    static final int AT_ONCE = 8;

    /** Until the first attempt after one that failed; doubles each time. */
    static final long AGAIN_MILLIS = 30_000;

    /** After this many in a row, a node is visited as rarely as one that was reached. */
    private static final int FAILURES_MAX = 7;

    private final Clock clock;
    private final Visit visit;
    private final boolean isRepeated;
    private final Map<NodeId, Plan> plans = new LinkedHashMap<>();
    private final Map<NodeId, Integer> running = new LinkedHashMap<>(); // with the failures before
    private boolean begun;
    private boolean proceeding;

    /** @param isRepeated whether a node is visited again and again; else until it was reached, or for some hours */
    Visits(Clock clock, Visit visit, boolean isRepeated) {
        this.clock = clock;
        this.visit = visit;
        this.isRepeated = isRepeated;
    }

    @FunctionalInterface
    interface Visit {
        /** Completes on the loop, with whether the node was reached; never fails. */
        CompletionStage<Boolean> begin(NodeId node);
    }

    private record Plan(int failures, long dueMillis) {}

    /** A node is to be visited as soon as possible, also if a visit is under way. */
    void now(NodeId node) {
        plans.put(node, new Plan(0, clock.monotonicMillis()));
        if (begun) {
            proceed();
        }
    }

    /** A node is to be visited a little later, unless it is planned already. */
    void later(NodeId node) {
        if (!isPlanned(node)) {
            plans.put(node, new Plan(0, clock.monotonicMillis() + AGAIN_MILLIS));
        }
    }

    /** These are all that are visited; those that were not before are visited as soon as possible. */
    void are(Set<NodeId> nodes) {
        plans.keySet().retainAll(nodes);
        nodes.stream()
                .filter(node -> !isPlanned(node))
                .forEach(node -> plans.put(node, new Plan(0, clock.monotonicMillis())));
    }

    boolean isPlanned(NodeId node) {
        return plans.containsKey(node) || running.containsKey(node);
    }

    /** Begins the visits that are due. */
    void proceed() {
        begun = true;
        if (proceeding) { // a visit that ends at once calls back into this method: this loop does its work
            return;
        }
        proceeding = true;
        long now = clock.monotonicMillis();
        for (NodeId node : List.copyOf(plans.keySet())) {
            Plan plan = plans.get(node);
            if (running.size() < AT_ONCE && plan != null && plan.dueMillis() <= now && !running.containsKey(node)) {
                plans.remove(node);
                running.put(node, plan.failures());
                var unused = visit.begin(node).thenAccept(reached -> ended(node, reached));
            }
        }
        proceeding = false;
    }

    private void ended(NodeId node, boolean isReached) {
        int before = running.getOrDefault(node, 0);
        running.remove(node);
        long waitMillis = isReached ? SecretRenewals.EVERY_MILLIS : AGAIN_MILLIS << before;
        if (isRepeated || waitMillis < SecretRenewals.EVERY_MILLIS) {
            int failures = isReached ? 0 : Math.min(before + 1, FAILURES_MAX);
            long dueMillis = clock.monotonicMillis() + Math.min(waitMillis, SecretRenewals.EVERY_MILLIS);
            plans.putIfAbsent(node, new Plan(failures, dueMillis));
        }
        proceed();
    }
}
