package io.cairn.sim.chord;

import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SessionLengths;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Measures Chord the same way as Kademlia: a ring filled at once runs its upkeep for ten minutes, then a fraction of it crashes at one
 * instant, and within the next second all look-ups start, from random living nodes for random keys.
 */
public final class ChordExperiment {
    private static final long IDLE_MILLIS = 600_000;
    private static final long SPREAD_MILLIS = 1_000;

    private ChordExperiment() {}

    /**
     * Routes by fingers and the successor list, with a list of 2 log2 N nodes.
     *
     * @param lookups at least 1
     * @param crashedFraction 0 to less than 1
     */
    public static ChordReport run(long seed, int nodes, LinkModel link, int lookups, double crashedFraction) {
        return run(seed, nodes, link, lookups, crashedFraction, Route.FINGERS_AND_SUCCESSOR_LIST);
    }

    /** The same with another route. */
    public static ChordReport run(
            long seed, int nodes, LinkModel link, int lookups, double crashedFraction, Route route) {
        if (lookups < 1 || crashedFraction < 0 || crashedFraction >= 1) {
            throw new IllegalArgumentException("invalid experiment: " + lookups + " " + crashedFraction);
        }
        ChordSimulation simulation = new ChordSimulation(seed, link, ChordLimits.forNodes(nodes));
        simulation.fill(nodes);
        simulation.run(IDLE_MILLIS);
        Upkeep upkeep = Upkeep.of(simulation, nodes);
        simulation.crash(crashedFraction);
        return report(simulation, upkeep, crashedFraction, route, simulation.lookups(lookups, route, SPREAD_MILLIS));
    }

    /**
     * Runs under churn: nodes leave and join throughout, and the look-ups start in the second half, evenly spread. A newcomer that has not
     * yet found its place asks too, and may fail.
     *
     * @param durationMillis at least 2
     */
    public static ChordReport runUnderChurn(
            long seed, int nodes, LinkModel link, int lookups, SessionLengths sessions, long durationMillis) {
        Route route = Route.FINGERS_AND_SUCCESSOR_LIST;
        ChordSimulation simulation = new ChordSimulation(seed, link, ChordLimits.forNodes(nodes));
        simulation.fill(nodes);
        simulation.startChurn(sessions);
        simulation.run(durationMillis / 2);
        Upkeep upkeep = Upkeep.of(simulation, nodes);
        return report(simulation, upkeep, 0, route, simulation.lookups(lookups, route, durationMillis / 2));
    }

    private static ChordReport report(
            ChordSimulation simulation,
            Upkeep upkeep,
            double crashedFraction,
            Route route,
            List<ChordSimulation.Found> found) {
        long[] hops = sorted(found, one -> one.result().hops());
        long[] latencies = sorted(found, one -> one.result().millis());
        return new ChordReport(
                upkeep.nodes,
                crashedFraction,
                route,
                found.size(),
                mean(hops),
                (int) percentile(hops, 0.50),
                (int) percentile(hops, 0.95),
                mean(sorted(found, one -> one.result().requests())),
                mean(sorted(found, one -> one.result().timeouts())),
                percentile(latencies, 0.50),
                percentile(latencies, 0.95),
                latencies[latencies.length - 1],
                mean(sorted(found, one -> one.isTrue() ? 1 : 0)),
                upkeep.messages,
                upkeep.bytes,
                upkeep.entries,
                simulation.traceHash());
    }

    /** The mean cost of upkeep per node and second since the start, and the mean state of a node. */
    private record Upkeep(int nodes, double messages, double bytes, double entries) {
        static Upkeep of(ChordSimulation simulation, int nodes) {
            double nodeSeconds = nodes * (simulation.nowMillis() / 1_000.0);
            return new Upkeep(
                    nodes,
                    simulation.network().datagramsSent() / nodeSeconds,
                    simulation.network().bytesSent() / nodeSeconds,
                    simulation.living().stream()
                            .mapToInt(ChordNode::entries)
                            .average()
                            .orElseThrow());
        }
    }

    private static long[] sorted(List<ChordSimulation.Found> found, ToLongFunction<ChordSimulation.Found> figure) {
        return found.stream().mapToLong(figure).sorted().toArray();
    }

    private static double mean(long[] values) {
        double sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The smallest value not exceeded by this fraction of all (nearest rank). */
    private static long percentile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
