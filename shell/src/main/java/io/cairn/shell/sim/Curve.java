package io.cairn.shell.sim;

import io.cairn.dht.sim.scenario.Report;
import java.util.function.ToDoubleFunction;

/** What a point of the curves holds, as columns for programs. */
enum Curve {
    AT("atMillis", Report.Point::atMillis),
    LIVING("living", Report.Point::living),
    LOOKUPS("lookups", Report.Point::lookups),
    SUCCESS("success", Report.Point::success),
    RECALL("recall", Report.Point::recall),
    HOPS_MEAN("hopsMean", Report.Point::hopsMean),
    HOPS_P95("hopsP95", Report.Point::hopsP95),
    LATENCY_P50("latencyP50Millis", Report.Point::latencyMedian),
    LATENCY_P95("latencyP95Millis", Report.Point::latencyP95),
    SEARCHES("searches", Report.Point::searches),
    FOUND("found", Report.Point::found),
    MESSAGES("messagesPerSecond", Report.Point::messagesPerSecond);

    private final String column;
    private final ToDoubleFunction<Report.Point> value;

    Curve(String column, ToDoubleFunction<Report.Point> value) {
        this.column = column;
        this.value = value;
    }

    String column() {
        return column;
    }

    double of(Report.Point point) {
        return value.applyAsDouble(point);
    }
}
