package io.cairn.shell;

import io.cairn.app.Node.NodeStatistics;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
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
                    new DhtStatistics.RoundTripTimes(12, 40, 95),
                    4,
                    Map.of("stale", 2L)),
            new RecordStatistics(7, 1, 0, 0, 0, 0, 0, 0),
            4096,
            8192,
            1,
            61_000);

    private FakeStatistics() {}
}
