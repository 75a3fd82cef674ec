package io.cairn.sim.kademlia;

import io.cairn.sim.network.EventQueue;
import java.util.List;

/** Inspects the living nodes: all at once, or a few at a time in turn, throughout the simulation. */
final class Inspection {
    private final EventQueue events;
    private final List<SimulatedNode> living;
    private final Invariants invariants;
    private int next;

    /**
     * @param living a view
     */
    Inspection(EventQueue events, List<SimulatedNode> living, Invariants invariants) {
        this.events = events;
        this.living = living;
        this.invariants = invariants;
    }

    /** Inspects every node and the network as a whole. */
    void ofAll() {
        invariants.check(living);
        living.forEach(invariants::check);
    }

    /** Starts to inspect a few nodes at each interval. */
    void every(long intervalMillis, int nodes) {
        events.schedule(intervalMillis, () -> {
            for (int i = 0; i < Math.min(nodes, living.size()); i++) {
                next = (next + 1) % living.size();
                invariants.check(living.get(next));
            }
            every(intervalMillis, nodes);
        });
    }
}
