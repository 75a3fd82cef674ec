package io.cairn.shell;

import io.cairn.app.FetchState;
import io.cairn.app.Node.CatalogueStatistics;
import io.cairn.app.Node.ChunkStatistics;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.dht.measure.Durations;
import java.util.Map;

/** Statistics of a node that has done a little of everything. */
final class FakeStatistics {
    static final NodeStatistics SOME = new NodeStatistics(
            new DhtStatistics(
                    3,
                    160,
                    2,
                    1.5,
                    4,
                    7,
                    5,
                    11,
                    10,
                    9,
                    20,
                    19,
                    new DhtStatistics.Times(durations(120, 340), durations(12, 12, 40, 95), durations(25)),
                    4,
                    Map.of("stale", 2L)),
            new RecordStatistics(7, 1, 0, 0, 0, 0, 0, 0),
            4096,
            8192,
            1,
            61_000,
            0,
            new ChunkStatistics(70, 2, durations(5, 9)),
            Map.of(FetchState.CHUNKS, 1),
            new CatalogueStatistics(2, 7, 1, 500));

    private FakeStatistics() {}

    private static DurationCounts durations(long... millis) {
        Durations durations = new Durations();
        for (long each : millis) {
            durations.add(each);
        }
        return durations.counts();
    }
}
