package io.cairn.shell.sim;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Output;
import io.cairn.sim.chart.Plot;
import io.cairn.sim.file.Simulator;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run of a scenario and its printed report.
 *
 * @param name a built-in scenario, or the path of a file
 * @param seed replaces the scenario's own, or null
 * @param nodes replaces the scenario's own number, or null
 * @param csv the file for the values of the curves, or null
 * @param plot the file for their plot, or null
 */
record PrintedRun(
        String name,
        @Nullable Long seed,
        @Nullable Integer nodes,
        @Nullable Path csv,
        @Nullable Path plot) {
    /** Returns whether every line holds. */
    boolean on(SimConsole console) throws Exception {
        Scenario wanted = scenario();
        for (Path file : new @Nullable Path[] {csv, plot}) {
            checkFolder(file);
        }
        if (plot != null) {
            SimulatorJars.checkCharts();
        }
        Output output = console.output();
        Report report = SimulationThread.await(
                console, () -> Simulator.run(wanted, new SimulationProgress(wanted.name(), output)));
        ReportText.lines(report).forEach(output::data);
        ReportJson.report(report, output);
        if (csv != null) {
            write(csv, ReportCsv.of(report));
        }
        if (plot != null) {
            Plot.write(report, plot);
            output.stage("plot", plot.toString());
        }
        return report.isGood();
    }

    private Scenario scenario() throws CairnException {
        Scenario found = ScenarioList.scenarios().find(name);
        try {
            found = seed == null ? found : found.withSeed(seed);
            return nodes == null ? found : found.withNodes(nodes);
        } catch (IllegalArgumentException nonsense) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot run " + name + " with these options",
                    String.valueOf(nonsense.getMessage()),
                    "correct --nodes");
        }
    }

    /** Called before a long run rather than after it. */
    private static void checkFolder(@Nullable Path file) throws CairnException {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot write " + file,
                    "there is no folder " + folder,
                    "create it, or name another file");
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
