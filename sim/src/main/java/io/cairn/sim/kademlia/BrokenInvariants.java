package io.cairn.sim.kademlia;

import io.cairn.sim.network.EventQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The violations so far: for each invariant the first one, and their number. */
final class BrokenInvariants {
    private final EventQueue events;
    private final Map<String, BrokenInvariant> first = new LinkedHashMap<>();
    private long count;

    BrokenInvariants(EventQueue events) {
        this.events = events;
    }

    void add(String invariant, String what) {
        count++;
        first.putIfAbsent(invariant, new BrokenInvariant(invariant, events.nowMillis(), what));
    }

    List<BrokenInvariant> firstOfEach() {
        return List.copyOf(first.values());
    }

    long count() {
        return count;
    }
}
