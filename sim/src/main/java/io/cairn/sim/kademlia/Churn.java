package io.cairn.sim.kademlia;

import io.cairn.dht.id.Endpoint;
import io.cairn.sim.network.SessionLengths;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Nodes join and leave while the network keeps its size: a node whose session ends disappears without notice, and one with a new identity
 * and endpoint takes its place and joins through a random living one.
 */
public final class Churn {
    private final Simulation simulation;
    private final SessionLengths sessions;
    private final SplittableRandom random;
    private long departures;

    Churn(Simulation simulation, SessionLengths sessions, SplittableRandom random) {
        this.simulation = simulation;
        this.sessions = sessions;
        this.random = random;
    }

    /** The number of nodes that have left so far. */
    public long departures() {
        return departures;
    }

    /** Exempts a node from churn, for example a publisher whose records are searched for. */
    public void spare(SimulatedNode node) {
        node.setDeparture(null);
    }

    void start() {
        simulation.living().forEach(node -> settle(node, sessions.rest(random)));
    }

    private void settle(SimulatedNode node, long stayMillis) {
        node.setDeparture(simulation.after(stayMillis, () -> leave(node)));
    }

    private void leave(SimulatedNode node) {
        departures++;
        simulation.kill(node);
        List<Endpoint> bootstrap = simulation.living().isEmpty()
                ? List.of()
                : List.of(simulation.anyLiving().endpoint());
        SimulatedNode newcomer = simulation.addNode();
        newcomer.dht().join(bootstrap);
        settle(newcomer, sessions.whole(random));
    }
}
