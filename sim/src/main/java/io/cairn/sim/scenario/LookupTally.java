package io.cairn.sim.scenario;

import io.cairn.dht.LookupReport;

/** Accumulates look-ups. */
final class LookupTally {
    private final Sample hops = new Sample();
    private final Sample requests = new Sample();
    private final Sample unanswered = new Sample();
    private final Sample latency = new Sample();
    private int successes;
    private int complete;
    private double recalls;

    /**
     * @param found whether the closest living node was in the result
     * @param recall fraction of the k closest living nodes that was in the result
     */
    void add(LookupReport report, boolean found, double recall) {
        if (report.hops() >= 0) {
            hops.add(report.hops());
        }
        requests.add(report.requests());
        unanswered.add(report.unanswered());
        latency.add(report.millis());
        successes += found ? 1 : 0;
        complete += recall == 1 ? 1 : 0;
        recalls += recall;
    }

    int count() {
        return latency.count();
    }

    double success() {
        return (double) successes / count();
    }

    double recall() {
        return recalls / count();
    }

    Sample hops() {
        return hops;
    }

    Sample latency() {
        return latency;
    }

    Report.LookupFigures figures(String name) {
        return new Report.LookupFigures(
                name,
                count(),
                success(),
                (double) complete / count(),
                recall(),
                hops.mean(),
                hops.percentile(0.5),
                hops.percentile(0.95),
                requests.mean(),
                requests.percentile(0.95),
                unanswered.mean(),
                latency.percentile(0.5),
                latency.percentile(0.95),
                latency.percentile(1));
    }
}
