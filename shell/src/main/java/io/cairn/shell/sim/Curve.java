package io.cairn.shell.sim;

import io.cairn.sim.scenario.Report;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One quantity over time, as a CSV column.
 *
 * @param column its name
 */
record Curve(String column, ToDoubleFunction<Report.Point> value) {
    /** All quantities of a point. */
    static final List<Curve> ALL = List.of(
            new Curve("atMillis", Report.Point::atMillis),
            new Curve("living", Report.Point::living),
            new Curve("lookups", Report.Point::lookups),
            new Curve("success", Report.Point::success),
            new Curve("recall", Report.Point::recall),
            new Curve("hopsMean", Report.Point::hopsMean),
            new Curve("hopsP95", Report.Point::hopsP95),
            new Curve("latencyP50Millis", Report.Point::latencyMedian),
            new Curve("latencyP95Millis", Report.Point::latencyP95),
            new Curve("searches", Report.Point::searches),
            new Curve("found", Report.Point::found),
            new Curve("messagesPerSecond", Report.Point::messagesPerSecond));

    double of(Report.Point point) {
        return value.applyAsDouble(point);
    }
}
