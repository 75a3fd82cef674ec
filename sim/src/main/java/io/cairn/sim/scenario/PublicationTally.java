package io.cairn.sim.scenario;

import io.cairn.dht.PublishReport;

/** Accumulates publications. */
final class PublicationTally {
    private final Sample millis = new Sample();
    private long keys;
    private long stored;
    private long lookups;
    private long datagrams;
    private double lookupsPerNode;
    private long places;
    private long placed;

    void add(PublishReport report, int living) {
        millis.add(report.millis());
        keys += report.keys();
        stored += report.keysStored();
        lookups += report.lookups();
        lookupsPerNode += (double) report.lookups() / living;
        datagrams += report.datagrams();
    }

    /** Adds a number of places, {@code held} of which hold their record. */
    void addPlaces(long all, long held) {
        places += all;
        placed += held;
    }

    Report.PublicationFigures figures(String name) {
        int publishers = millis.count();
        return new Report.PublicationFigures(
                name,
                publishers,
                keys,
                (double) stored / keys,
                (double) placed / places,
                (double) lookups / publishers,
                lookupsPerNode / publishers,
                (double) datagrams / keys,
                millis.mean(),
                millis.percentile(1));
    }
}
