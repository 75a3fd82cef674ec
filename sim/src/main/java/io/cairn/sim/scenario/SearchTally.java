package io.cairn.sim.scenario;

/** Accumulates searches for published keys. */
final class SearchTally {
    private final Sample latency = new Sample();
    private int ended;

    /** @param millis until the publisher was found */
    void found(long millis) {
        latency.add(millis);
        ended++;
    }

    void failed() {
        ended++;
    }

    double success() {
        return (double) latency.count() / ended;
    }

    Report.SearchFigures figures(String name) {
        return new Report.SearchFigures(
                name, ended, success(), latency.percentile(0.5), latency.percentile(0.95), latency.percentile(1));
    }
}
