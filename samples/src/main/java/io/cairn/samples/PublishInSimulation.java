package io.cairn.samples;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.Provision;
import io.cairn.dht.node.PublishReport;
import io.cairn.dht.sim.LinkModel;
import io.cairn.dht.sim.SimulatedNode;
import io.cairn.dht.sim.Simulation;
import io.cairn.dht.wire.RecordBatch;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it costs to publish many keys in a large network, by simulation: look-ups as a part of the number of nodes, and how many of the
 * records are on the nodes that are truly closest to their keys. Copy it to measure something else about publishing.
 */
public final class PublishInSimulation {
    private PublishInSimulation() {}

    /**
     * The program.
     *
     * @param words how many nodes and how many keys: 10000 100000 if nothing is said
     */
    public static void main(String... words) {
        int nodes = words.length > 0 ? Integer.parseInt(words[0]) : 10_000;
        int keys = words.length > 1 ? Integer.parseInt(words[1]) : 100_000;
        run(nodes, keys, System.out);
    }

    /** Publishes, prints what it took, and gives the report. */
    public static PublishReport run(int nodeCount, int keyCount, PrintStream out) {
        Simulation simulation = new Simulation(42, LinkModel.internet().withLoss(0));
        simulation.createNodes(nodeCount);
        simulation.fillTables();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < keyCount; i++) {
            keys.add(simulation.randomKey());
        }
        SimulatedNode publisher = simulation.anyLiving();
        long[] rootMillis = new long[1];
        long startMillis = simulation.nowMillis();
        PublishReport report = simulation.await(publisher
                .dht()
                .provide(
                        new Provision(keys.get(0), keys.subList(1, keyCount), List.of(publisher.endpoint()), 0),
                        placed -> rootMillis[0] = simulation.nowMillis() - startMillis));
        out.printf(
                "%,d keys on %,d nodes: root on %d/%d after %.1f s, all after %.0f s, %,d look-ups (%.4f N), %,d datagrams, %,d keys"
                        + " stored, %,d of %,d records not on their closest nodes%n",
                keyCount,
                nodeCount,
                report.rootStoredOn(),
                report.rootTargets(),
                rootMillis[0] / 1e3,
                report.millis() / 1e3,
                report.lookups(),
                report.lookups() / (double) nodeCount,
                report.datagrams(),
                report.keysStored(),
                missing(simulation, keys),
                (long) keyCount * Math.min(nodeCount, simulation.limits().k()));
        return report;
    }

    private static int missing(Simulation simulation, List<Key> keys) {
        Map<NodeId, Set<Key>> held = new HashMap<>();
        for (SimulatedNode node : simulation.living()) {
            Set<Key> here = new HashSet<>();
            for (RecordBatch batch : node.dht().heldBatches()) {
                here.addAll(batch.keys());
            }
            held.put(node.id(), here);
        }
        int missing = 0;
        for (Key key : keys) {
            for (NodeId holder :
                    simulation.closestLiving(key, simulation.limits().k())) {
                missing += held.getOrDefault(holder, Set.of()).contains(key) ? 0 : 1;
            }
        }
        return missing;
    }
}
