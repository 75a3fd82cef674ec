package io.cairn.app.sim;

import io.cairn.app.CairnException;
import io.cairn.dht.sim.scenario.Report;
import io.cairn.dht.sim.scenario.Scenario;
import io.cairn.dht.sim.scenario.ScenarioRun;

/** Runs scenarios on this machine, if they fit. */
public final class Simulator {
    private static final long NODE_BYTES = 40 << 10;
    private static final long BASE_BYTES = 96L << 20;

    private Simulator() {}

    /**
     * Runs on the calling thread until it is interrupted or done.
     *
     * @throws CairnException of kind OTHER if the heap is too small for so many nodes
     */
    public static Report run(Scenario scenario, ScenarioRun.Progress progress)
            throws CairnException, InterruptedException {
        return run(scenario, progress, Runtime.getRuntime().maxMemory());
    }

    /** @param heapBytesMax how large the heap may become */
    static Report run(Scenario scenario, ScenarioRun.Progress progress, long heapBytesMax)
            throws CairnException, InterruptedException {
        long neededBytes = neededBytes(scenario.nodes());
        if (neededBytes > heapBytesMax) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "the scenario " + scenario.name() + " does not fit",
                    String.format(
                            "%,d nodes need some %,d MiB of heap, and this run has %,d MiB",
                            scenario.nodes(), neededBytes >> 20, heapBytesMax >> 20),
                    String.format(
                            "give it more: CAIRN_SIM_HEAP=%dg cairn sim run %s, or take fewer: --nodes N",
                            (neededBytes >> 30) + 1, scenario.name()));
        }
        return ScenarioRun.of(scenario, progress);
    }

    private static long neededBytes(int nodes) {
        return BASE_BYTES + nodes * NODE_BYTES;
    }
}
