package io.cairn.shell.sim;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a scenario and prints its report. */
@Command(
        name = "run",
        description = "Run a scenario and print its report.",
        footer = {"", "Example: cairn sim run a-first-plot --csv first.csv"})
final class SimRunCommand implements Callable<Integer> {
    private final SimConsole console;

    @Parameters(
            index = "0",
            paramLabel = "NAME|FILE",
            description = "A scenario that ships (cairn sim list), or the path of a .toml file.")
    private String scenario = "";

    @Option(names = "--seed", paramLabel = "N", description = "Another seed: another run of the same kind.")
    private @Nullable Long seed;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Another number of nodes. What the scenario expects is then not judged.")
    private @Nullable Integer nodes;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the curves as comma-separated values.")
    private @Nullable Path csv;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw the curves: hops, latency, success over time. Not in a package: use --csv there.")
    private @Nullable Path plot;

    SimRunCommand(SimConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        SimulatorJars.check();
        return new PrintedRun(scenario, seed, nodes, csv, plot).on(console) ? 0 : 1;
    }
}
