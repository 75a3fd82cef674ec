package io.cairn.sim.kademlia;

import io.cairn.dht.id.Endpoint;
import io.cairn.sim.network.SessionLengths;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Nodes come and go while the network keeps its size: whoever's session is over vanishes without a word, and a node with another identity
 * and another endpoint comes in its place and joins through a random living one.
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

    /** How many nodes have left so far. */
    public long departures() {
        return departures;
    }

    /** Lets a node stay until it is killed otherwise: a publisher whose records are looked for, say. */
    public void spare(SimulatedNode node) {
        node.setDeparture(null);
    }

    /** From now on everyone stays. */
    public void stop() {
        simulation.living().forEach(this::spare);
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
