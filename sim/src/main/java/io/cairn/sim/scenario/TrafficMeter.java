package io.cairn.sim.scenario;

import io.cairn.sim.kademlia.Simulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The traffic of a network since a moment, and the node-seconds in that time. */
final class TrafficMeter {
    private final Simulation simulation;
    private final Map<String, Long> sentBefore;
    private final long datagramsBefore;
    private final long bytesBefore;
    private final long lostBefore;
    private double nodeSeconds;
    private long sampledDatagrams;
    private double sampledNodeSeconds;

    /** Starts now. */
    TrafficMeter(Simulation simulation) {
        this.simulation = simulation;
        this.sentBefore = simulation.sentByKind();
        this.datagramsBefore = simulation.network().datagramsSent();
        this.bytesBefore = simulation.network().bytesSent();
        this.lostBefore = simulation.network().datagramsLost();
    }

    /** Adds the lifetime of a number of nodes. */
    void passed(int living, long millis) {
        nodeSeconds += living * (millis / 1_000.0);
    }

    /** Messages per node per second since the previous call. */
    double sample() {
        double rate = (datagrams() - sampledDatagrams) / (nodeSeconds - sampledNodeSeconds);
        sampledDatagrams = datagrams();
        sampledNodeSeconds = nodeSeconds;
        return rate;
    }

    Report.TrafficFigures figures() {
        return new Report.TrafficFigures(
                datagrams(),
                simulation.network().bytesSent() - bytesBefore,
                simulation.network().datagramsLost() - lostBefore,
                datagrams() / nodeSeconds,
                rates());
    }

    private long datagrams() {
        return simulation.network().datagramsSent() - datagramsBefore;
    }

    private List<Figure> rates() {
        Map<String, Long> sent = new LinkedHashMap<>(simulation.sentByKind());
        sentBefore.forEach((kind, count) -> sent.merge(kind, -count, Long::sum));
        List<Figure> rates = new ArrayList<>();
        sent.forEach((kind, count) -> {
            if (count > 0) {
                rates.add(new Figure(dashed(kind), count / nodeSeconds));
            }
        });
        rates.sort(Comparator.comparingDouble(Figure::value).reversed());
        return rates;
    }

    /** {@code FindNode} becomes {@code find-node}. */
    private static String dashed(String kind) {
        return kind.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
