package io.cairn.sim.file;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Comparison;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import io.cairn.sim.scenario.ScenarioRun;

/** Runs scenarios on this machine, if they fit its memory. */
public final class Simulator {
    private Simulator() {}

    /**
     * Runs on the calling thread until done or interrupted.
     *
     * @throws CairnException of kind OTHER if the heap is too small for this many nodes
     */
    public static Report run(Scenario scenario, ScenarioRun.Progress progress)
            throws CairnException, InterruptedException {
        return run(scenario, progress, Runtime.getRuntime().maxMemory());
    }

    /**
     * @param heapBytesMax the largest heap of this run
     */
    static Report run(Scenario scenario, ScenarioRun.Progress progress, long heapBytesMax)
            throws CairnException, InterruptedException {
        checkRoom(scenario, heapBytesMax);
        return ScenarioRun.of(scenario, progress);
    }

    /**
     * Runs Kademlia and Chord, one after the other.
     *
     * @throws CairnException of kind USAGE if a number is invalid; of kind OTHER if the heap is too small
     */
    public static Comparison compare(
            long seed, int nodes, Scenario.Link link, int lookups, double deaths, ScenarioRun.Progress progress)
            throws CairnException, InterruptedException {
        try {
            checkRoom(
                    Comparison.scenario(seed, nodes, link, lookups, deaths),
                    Runtime.getRuntime().maxMemory());
            return Comparison.run(seed, nodes, link, lookups, deaths, progress);
        } catch (IllegalArgumentException nonsense) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot compare with these options",
                    String.valueOf(nonsense.getMessage()),
                    "cairn sim compare --help lists the options",
                    nonsense);
        }
    }

    private static void checkRoom(Scenario scenario, long heapBytesMax) throws CairnException {
        long neededBytes = HeapEstimate.of(scenario);
        if (neededBytes > heapBytesMax) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "the scenario " + scenario.name() + " does not fit",
                    String.format(
                            "%,d nodes need about %,d MiB of heap; this run has %,d MiB",
                            scenario.nodes(), neededBytes >> 20, heapBytesMax >> 20),
                    String.format(
                            "allow more with CAIRN_SIM_HEAP=%dg, or use fewer nodes: --nodes N",
                            HeapEstimate.gibibytesFor(neededBytes)));
        }
    }
}
