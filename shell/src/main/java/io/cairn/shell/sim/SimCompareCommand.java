package io.cairn.shell.sim;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares Kademlia and Chord under the same conditions. */
@Command(
        name = "compare",
        description = {
            "Kademlia and Chord side by side: the same latency, loss and deaths, the same measurements.",
            "Ten idle minutes with full tables; then some nodes die at once, and all look-ups begin."
        },
        footer = {"", "Example: cairn sim compare --nodes 1000 --deaths 0.3"})
final class SimCompareCommand implements Callable<Integer> {
    private final SimConsole console;

    @Option(names = "--nodes", paramLabel = "N", description = "How many of each. Default: ${DEFAULT-VALUE}.")
    private int nodes = 1_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another run of the same kind. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--lookups", paramLabel = "N", description = "Look-ups by each. Default: ${DEFAULT-VALUE}.")
    private int lookups = 1_000;

    @Option(
            names = "--deaths",
            paramLabel = "PART",
            description = "The part of the nodes that dies at once, 0 to less than 1. Default: ${DEFAULT-VALUE}.")
    private double deaths;

    @Option(
            names = "--round-trip",
            paramLabel = "MS",
            description = "Mean, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long roundTripMillis = 100;

    @Option(
            names = "--loss",
            paramLabel = "PART",
            description = "The part of datagrams that is lost. Default: ${DEFAULT-VALUE}.")
    private double loss;

    SimCompareCommand(SimConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        SimulatorJars.check();
        return new PrintedComparison(seed, nodes, lookups, deaths, roundTripMillis, loss).on(console) ? 0 : 1;
    }
}
