package io.cairn.shell.sim;

import io.cairn.shell.output.Output;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.ScenarioRun;

/** Shows the progress of a run: to people as a line on a terminal, to programs as the points of the curves. */
record SimulationProgress(String name, Output output) implements ScenarioRun.Progress {
    @Override
    public void at(long virtualMillis, long totalMillis) {
        output.progressOf(name, virtualMillis, totalMillis);
    }

    @Override
    public void sampled(Report.Point point) {
        ReportJson.point(point, output);
    }
}
