package io.cairn.sim.kademlia;

import io.cairn.sim.network.EventQueue;
import java.util.List;

/** Looks at the living nodes: at all of them at once, or at a few in turn, again and again, while the simulation goes on. */
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

    /** Looks at everyone and at the network as a whole. */
    void ofAll() {
        invariants.check(living);
        living.forEach(invariants::check);
    }

    /** From now on looks at some nodes at a time. */
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
