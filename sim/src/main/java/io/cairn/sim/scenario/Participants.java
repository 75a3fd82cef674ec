package io.cairn.sim.scenario;

import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.sim.kademlia.Behaviour;
import io.cairn.sim.kademlia.Churn;
import io.cairn.sim.kademlia.SimulatedNode;
import io.cairn.sim.kademlia.Simulation;
import io.cairn.sim.network.SessionLengths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The nodes of a run: creates the network, applies churn and deaths, and knows the living nodes. */
final class Participants {
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Set<SimulatedNode> spared = new LinkedHashSet<>();
    private @Nullable Churn churn;

    Participants(Simulation simulation, SplittableRandom random) {
        this.simulation = simulation;
        this.random = random;
    }

    /**
     * Creates the network.
     *
     * @param firstKey the target of an eclipse
     */
    void gather(Scenario scenario, Key firstKey) {
        Scenario.Adversaries hostile = scenario.adversaries();
        int strangers = hostile == null ? 0 : (int) Math.round(hostile.part() * scenario.nodes());
        if (scenario.start() == Scenario.Start.JOIN) {
            simulation.addNodes(scenario.nodes() - strangers);
        } else {
            simulation.createNodes(scenario.nodes() - strangers);
        }
        if (hostile != null && hostile.behaviour() == Scenario.Behaviour.ECLIPSE) {
            simulation.addAdversariesNear(firstKey, strangers, Behaviour.LYING);
        } else if (hostile != null) {
            simulation.addAdversaries(strangers, behaviour(hostile.behaviour()));
        }
        if (scenario.start() == Scenario.Start.ORACLE) {
            simulation.fillTables();
        }
        if (scenario.churn() != null) {
            churn = simulation.startChurn(new SessionLengths(scenario.churn().medianSessionMillis()));
        }
    }

    private static Behaviour behaviour(Scenario.Behaviour named) {
        return switch (named) {
            case DROP -> Behaviour.SILENT;
            case POISON -> Behaviour.POISONING;
            case STALE -> Behaviour.STALE;
            case LIE, ECLIPSE -> Behaviour.LYING;
        };
    }

    /** A random living node. */
    SimulatedNode any() {
        return simulation.living().get(random.nextInt(simulation.living().size()));
    }

    /** A random living node that stays to the end. */
    SimulatedNode anyThatStays() {
        SimulatedNode node = any();
        spared.add(node);
        if (churn != null) {
            churn.spare(node);
        }
        return node;
    }

    /** Ends a fraction of the living nodes at once, except those that must stay. */
    void kill(double part) {
        List<SimulatedNode> mortal = new ArrayList<>(simulation.living());
        long count = Math.round(part * mortal.size());
        mortal.removeAll(spared);
        for (long i = 0; i < count && !mortal.isEmpty(); i++) {
            int index = random.nextInt(mortal.size());
            SimulatedNode last = mortal.remove(mortal.size() - 1);
            SimulatedNode victim = index == mortal.size() ? last : mortal.set(index, last);
            simulation.kill(victim);
        }
    }

    /** The living nodes closest to a point, closest first. */
    List<NodeId> closest(Id160 point, int count) {
        return simulation.closestLiving(Key.at(point), count);
    }

    List<SimulatedNode> all() {
        return simulation.living();
    }

    int living() {
        return simulation.living().size();
    }

    int k() {
        return simulation.limits().k();
    }
}
