package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.app.json.NodeJson;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Stage;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Figures since the start of the node. */
@Command(name = "stats", description = "Show counters since this node started.")
public final class StatsCommand implements Callable<Integer> {
    private final SessionSource source;

    public StatsCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            NodeStatistics statistics = session.node().statistics();
            DhtStatistics dht = statistics.dht();
            RecordStatistics records = statistics.records();
            Map<String, Long> dropped = new TreeMap<>(dht.dropped());
            Output output = session.output();
            output.data(Stage.label("uptime") + Sizes.duration(statistics.uptimeMillis()));
            output.data(Stage.label("transfer") + "received " + Sizes.bytes(statistics.receivedBytes()) + "  sent "
                    + Sizes.bytes(statistics.sentBytes()) + "  " + Sizes.count(statistics.sessions(), "session"));
            output.data(Stage.label("table") + Sizes.count(dht.contacts(), "contact") + " in "
                    + Sizes.count(dht.nonEmptyBuckets(), "bucket") + ", "
                    + String.format(Locale.ROOT, "%.1f", dht.meanFill()) + " in each  "
                    + Sizes.count(dht.nodesSeen(), "node") + " seen  "
                    + Sizes.count(dht.recordsHeld(), "record") + " held");
            output.data(Stage.label("records") + "cached copies " + Sizes.count(records.copies()) + ", evicted "
                    + Sizes.count(records.displaced()) + ", rejected " + Sizes.count(records.refusedEarly()));
            if (records.saveFailures() + records.unreadable() > 0) {
                output.data(Stage.label("saving") + Sizes.count(records.saveFailures(), "failure") + "  "
                        + Sizes.count(records.unsaved()) + " unsaved  " + Sizes.count(records.unreadable())
                        + " unreadable");
            }
            output.data(Stage.label("requests") + "sent " + Sizes.count(dht.requestsSent()) + ", answered "
                    + Sizes.count(dht.requestsAnswered()) + "  received " + Sizes.count(dht.requestsReceived()) + "  "
                    + Sizes.count(dht.lookups(), "look-up"));
            output.data(Stage.label("network") + "about " + Sizes.count(dht.networkSize(), "node") + "  round trips "
                    + percentiles(dht.roundTrips()));
            output.data(Stage.label("datagrams") + "sent " + Sizes.count(dht.datagramsSent()) + "  received "
                    + Sizes.count(dht.datagramsReceived()));
            dropped.forEach(
                    (reason, count) -> output.data(Stage.label("dropped") + Sizes.count(count) + "  " + reason));
            output.json(NodeJson.of(statistics));
            return 0;
        }
    }

    private static String percentiles(DhtStatistics.RoundTripTimes times) {
        return "p50 " + times.p50Millis() + " ms, p95 " + times.p95Millis() + " ms, p99 " + times.p99Millis() + " ms";
    }
}
