package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.sim.Scenarios;
import io.cairn.app.sim.Simulator;
import io.cairn.dht.sim.scenario.Report;
import io.cairn.dht.sim.scenario.Scenario;
import io.cairn.shell.chart.Plot;
import io.cairn.shell.output.Output;
import io.cairn.shell.sim.ReportCsv;
import io.cairn.shell.sim.ReportJson;
import io.cairn.shell.sim.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a scenario and tells what came out. */
@Command(
        name = "run",
        description = "Run a scenario and print its report.",
        footer = {"", "Example: cairn sim run a-first-plot --plot first.svg"})
final class SimRunCommand implements Callable<Integer> {
    private final SessionSource source;

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
            description = "Draw the curves: hops, latency, success over time.")
    private @Nullable Path plot;

    SimRunCommand(SessionSource source) {
        this.source = source;
    }

    /** Those that ship, as they can be edited beside the launcher, which says where that is. */
    static Scenarios scenarios() {
        String folder = System.getProperty("cairn.scenarios");
        return new Scenarios(folder == null ? null : Path.of(folder));
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Scenario wanted = wanted();
        for (Path file : new @Nullable Path[] {csv, plot}) {
            checkFolder(file);
        }
        Output output = source.output();
        Report report = SimulationThread.await(
                source, () -> Simulator.run(wanted, new SimulationProgress(wanted.name(), output)));
        ReportText.lines(report).forEach(output::data);
        ReportJson.report(report, output);
        if (csv != null) {
            write(csv, ReportCsv.of(report));
        }
        if (plot != null) {
            Plot.write(report, plot);
            output.stage("plot", plot.toString());
        }
        return report.isGood() ? 0 : 1;
    }

    private Scenario wanted() throws CairnException {
        Scenario found = scenarios().find(scenario);
        try {
            found = seed == null ? found : found.withSeed(seed);
            return nodes == null ? found : found.withNodes(nodes);
        } catch (IllegalArgumentException nonsense) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot run " + scenario + " so",
                    String.valueOf(nonsense.getMessage()),
                    "correct --nodes");
        }
    }

    /** Before a long run, not after it. */
    private static void checkFolder(@Nullable Path file) throws CairnException {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot write " + file,
                    "there is no folder " + folder,
                    "make it, or name another file");
        }
    }

    private static void write(Path file, String text) throws CairnException {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot write " + file,
                    String.valueOf(unwritable),
                    "name another file with --csv",
                    unwritable);
        }
    }
}
