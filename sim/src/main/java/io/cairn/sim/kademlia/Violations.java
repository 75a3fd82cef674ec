package io.cairn.sim.kademlia;

import io.cairn.sim.network.EventQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been broken so far: of each invariant the first violation, and how many there were. */
final class Violations {
    private final EventQueue events;
    private final Map<String, Violation> first = new LinkedHashMap<>();
    private long count;

    Violations(EventQueue events) {
        this.events = events;
    }

    void add(String invariant, String what) {
        count++;
        first.putIfAbsent(invariant, new Violation(invariant, events.nowMillis(), what));
    }

    List<Violation> firstOfEach() {
        return List.copyOf(first.values());
    }

    long count() {
        return count;
    }
}
