package io.cairn.shell.sim;

import io.cairn.shell.output.Output;
import io.cairn.sim.file.Simulator;
import io.cairn.sim.scenario.Comparison;
import io.cairn.sim.scenario.Scenario;

/**
 * Kademlia and Chord under the same conditions.
 *
 * @param deaths the fraction of the nodes that dies at once
 * @param loss the fraction of datagrams that is lost
 */
record PrintedComparison(long seed, int nodes, int lookups, double deaths, long roundTripMillis, double loss) {
    /** Returns whether every line of Kademlia's report holds. */
    boolean on(SimConsole console) throws Exception {
        Output output = console.output();
        Comparison comparison = SimulationThread.await(
                console,
                () -> Simulator.compare(
                        seed,
                        nodes,
                        new Scenario.Link(roundTripMillis, roundTripMillis / 10, loss, 0),
                        lookups,
                        deaths,
                        new SimulationProgress("compare", output)));
        ComparisonText.lines(comparison).forEach(output::data);
        ComparisonText.json(comparison, output);
        return comparison.kademlia().isGood();
    }
}
