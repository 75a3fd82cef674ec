package io.cairn.sim.scenario;

import io.cairn.dht.LookupReport;
import java.util.ArrayList;
import java.util.List;

/** Collects the events between two moments into one point of the curves. */
final class Curves {
    private final List<Report.Point> points = new ArrayList<>();
    private LookupTally lookups = new LookupTally();
    private int searches;
    private int found;

    void lookup(LookupReport report, boolean success, double recall) {
        lookups.add(report, success, recall);
    }

    void search(boolean success) {
        searches++;
        found += success ? 1 : 0;
    }

    /**
     * Ends a point and begins the next.
     *
     * @param messagesPerSecond per node
     */
    Report.Point sample(long atMillis, int living, double messagesPerSecond) {
        Report.Point point = new Report.Point(
                atMillis,
                living,
                lookups.count(),
                lookups.success(),
                lookups.recall(),
                lookups.hops().mean(),
                lookups.hops().percentile(0.95),
                lookups.latency().percentile(0.5),
                lookups.latency().percentile(0.95),
                searches,
                (double) found / searches,
                messagesPerSecond);
        points.add(point);
        lookups = new LookupTally();
        searches = 0;
        found = 0;
        return point;
    }

    List<Report.Point> points() {
        return points;
    }
}
