package io.cairn.shell.sim;

import io.cairn.app.json.JsonFields;
import io.cairn.shell.output.Output;
import io.cairn.sim.chord.ChordReport;
import io.cairn.sim.chord.Route;
import io.cairn.sim.scenario.Comparison;
import io.cairn.sim.scenario.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Kademlia and Chord as columns of one table, or as one object each. */
final class ComparisonText {
    private ComparisonText() {}

    /** The table with its caption. */
    static List<String> lines(Comparison comparison) {
        List<Column> columns = columns(comparison);
        List<String> header = new ArrayList<>(List.of("measured alike"));
        columns.forEach(column -> header.add(column.name()));
        Grid grid = new Grid(header.toArray(String[]::new));
        for (Row row : Row.ALL) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            columns.forEach(column -> cells.add(row.shown().apply(row.value().of(column))));
            grid.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>();
        lines.add(ReportText.setting(comparison.kademlia().scenario()) + ", "
                + Numbers.percent(comparison.chord().get(0).crashed()) + " die at once");
        lines.add("");
        lines.addAll(grid.lines());
        return lines;
    }

    /** One {@code sim_compare} object for each column. */
    static void json(Comparison comparison, Output output) {
        for (Column column : columns(comparison)) {
            output.json("sim_compare", fields -> {
                JsonFields object = fields.text("protocol", column.name())
                        .number("nodes", comparison.kademlia().scenario().nodes())
                        .decimal("deaths", comparison.chord().get(0).crashed());
                Row.ALL.forEach(row -> object.decimal(row.field(), row.value().of(column)));
            });
        }
    }

    private static List<Column> columns(Comparison comparison) {
        Report.LookupFigures lookups = comparison.kademlia().lookups().get(0);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "Kademlia",
                comparison.kademlia().tables().get(0).contactsMean(),
                comparison.kademliaUpkeep(),
                lookups.success(),
                lookups.hopsMean(),
                lookups.hopsP95(),
                lookups.requestsMean(),
                lookups.unansweredMean(),
                lookups.latencyMedian(),
                lookups.latencyP95(),
                lookups.latencyMax()));
        for (ChordReport chord : comparison.chord()) {
            columns.add(new Column(
                    chord.route() == Route.FINGERS ? "Chord" : "Chord, successor list",
                    chord.entriesPerNode(),
                    chord.messagesPerNodePerSecond(),
                    chord.success(),
                    chord.meanHops(),
                    chord.hopsP95(),
                    chord.rpcs(),
                    chord.timeouts(),
                    chord.latencyP50Millis(),
                    chord.latencyP95Millis(),
                    chord.latencyMaxMillis()));
        }
        return columns;
    }

    private record Column(
            String name,
            double contacts,
            double upkeep,
            double success,
            double hopsMean,
            double hopsP95,
            double asked,
            double silent,
            double latencyMedian,
            double latencyP95,
            double latencyMax) {}

    @FunctionalInterface
    private interface Value {
        double of(Column column);
    }

    private record Row(String title, String field, Value value, DoubleFunction<String> shown) {
        static final List<Row> ALL = List.of(
                new Row("contacts a node", "contacts", Column::contacts, Numbers::one),
                new Row("upkeep, messages per node per second", "upkeep", Column::upkeep, Numbers::two),
                new Row("look-ups that succeed", "success", Column::success, Numbers::percent),
                new Row("hops, mean", "hopsMean", Column::hopsMean, Numbers::two),
                new Row("hops, 95th percentile", "hopsP95", Column::hopsP95, Numbers::whole),
                new Row("nodes asked, mean", "requestsMean", Column::asked, Numbers::one),
                new Row("of these silent, mean", "unansweredMean", Column::silent, Numbers::one),
                new Row("latency, median", "latencyP50Millis", Column::latencyMedian, Numbers::millis),
                new Row("latency, 95th percentile", "latencyP95Millis", Column::latencyP95, Numbers::millis),
                new Row("latency, greatest", "latencyMaxMillis", Column::latencyMax, Numbers::millis));
    }
}
