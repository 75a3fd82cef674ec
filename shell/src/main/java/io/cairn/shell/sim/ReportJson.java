package io.cairn.shell.sim;

import io.cairn.shell.output.Output;
import io.cairn.sim.scenario.Figure;
import io.cairn.sim.scenario.Report;

/** A report as JSON: a {@code sim_sample} object for each point of the curves, and at the end one {@code sim} object with all figures. */
final class ReportJson {
    private ReportJson() {}

    /** Prints one point, as soon as it exists. */
    static void point(Report.Point point, Output output) {
        output.json("sim_sample", fields -> {
            for (Curve curve : Curve.ALL) {
                fields.decimal(curve.column(), curve.of(point));
            }
        });
    }

    /** Prints the end of a run. */
    static void report(Report report, Output output) {
        output.json("sim", fields -> {
            fields.text("scenario", report.scenario().name())
                    .number("seed", report.scenario().seed())
                    .number("nodes", report.scenario().nodes())
                    .number("living", report.living());
            for (Figure figure : report.figures()) {
                fields.decimal(figure.name(), figure.value());
            }
            fields.objects(
                            "verdicts",
                            report.verdicts(),
                            (object, verdict) -> object.text("rule", verdict.rule())
                                    .bool("holds", verdict.holds())
                                    .text("actual", verdict.actual()))
                    .bool("good", report.isGood())
                    .text("trace", ReportText.trace(report))
                    .number("virtualMillis", report.cost().virtualMillis())
                    .number("wallMillis", report.cost().wallMillis())
                    .number("events", report.cost().events())
                    .number("heapBytes", report.cost().heapBytes());
        });
    }
}
