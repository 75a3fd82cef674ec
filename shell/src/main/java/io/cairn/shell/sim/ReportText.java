package io.cairn.shell.sim;

import io.cairn.sim.scenario.Figure;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report as a few small tables. */
final class ReportText {
    private static final Pattern SAMPLED = Pattern.compile("(.*)-(min|p50|p99|max|mean)");

    private ReportText() {}

    /** Its lines, with an empty one between tables. */
    static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.scenario().name() + "  " + report.scenario().title());
        lines.add(setting(report.scenario()));
        table(lines, report.lookups().isEmpty(), lookups(report));
        table(lines, report.searches().isEmpty(), searches(report));
        table(lines, report.publications().isEmpty(), publications(report));
        table(lines, report.tables().isEmpty(), tables(report));
        report.measured().forEach(part -> lines.addAll(measured(part)));
        lines.add("");
        lines.addAll(traffic(report));
        lines.add("");
        for (Report.Verdict verdict : report.verdicts()) {
            lines.add((verdict.holds() ? "holds   " : "FAILS   ") + verdict.rule() + "  (" + verdict.actual() + ")");
        }
        lines.add("");
        lines.add(cost(report));
        return lines;
    }

    /** The setting of a scenario in one line. */
    static String setting(Scenario scenario) {
        StringBuilder text = new StringBuilder(Numbers.count(scenario.nodes()) + " nodes, round trip "
                + scenario.link().roundTripMillis() + " ms");
        if (scenario.link().loss() > 0) {
            text.append(", loss ").append(Numbers.percent(scenario.link().loss()));
        }
        Scenario.Churn churn = scenario.churn();
        if (churn != null) {
            text.append(", median session ").append(Numbers.span(churn.medianSessionMillis()));
        }
        Scenario.Adversaries hostile = scenario.adversaries();
        if (hostile != null) {
            text.append(", ").append(Numbers.percent(hostile.part())).append(" adversaries");
        }
        if (scenario.isSigned()) {
            text.append(", signed datagrams");
        }
        return text.append(", ")
                .append(Numbers.span(scenario.durationMillis()))
                .append(" of virtual time, seed ")
                .append(scenario.seed())
                .toString();
    }

    private static void table(List<String> lines, boolean isEmpty, Grid grid) {
        if (!isEmpty) {
            lines.add("");
            lines.addAll(grid.lines());
        }
    }

    private static Grid lookups(Report report) {
        Grid grid = new Grid(
                "look-ups",
                "count",
                "success",
                "all k",
                "recall",
                "hops",
                "p95",
                "asked",
                "p95",
                "silent",
                "p50",
                "p95",
                "max");
        for (Report.LookupFigures part : report.lookups()) {
            grid.row(
                    part.name(),
                    Numbers.count(part.count()),
                    Numbers.percent(part.success()),
                    Numbers.percent(part.complete()),
                    Numbers.percent(part.recall()),
                    Numbers.two(part.hopsMean()),
                    Numbers.whole(part.hopsP95()),
                    Numbers.one(part.requestsMean()),
                    Numbers.whole(part.requestsP95()),
                    Numbers.one(part.unansweredMean()),
                    Numbers.millis(part.latencyMedian()),
                    Numbers.millis(part.latencyP95()),
                    Numbers.millis(part.latencyMax()));
        }
        return grid;
    }

    private static Grid searches(Report report) {
        Grid grid = new Grid("searches", "count", "found", "after p50", "p95", "max");
        for (Report.SearchFigures part : report.searches()) {
            grid.row(
                    part.name(),
                    Numbers.count(part.count()),
                    Numbers.percent(part.success()),
                    Numbers.millis(part.latencyMedian()),
                    Numbers.millis(part.latencyP95()),
                    Numbers.millis(part.latencyMax()));
        }
        return grid;
    }

    private static Grid publications(Report report) {
        Grid grid = new Grid(
                "publications",
                "publishers",
                "keys",
                "stored",
                "in place",
                "look-ups",
                "a node",
                "datagrams a key",
                "mean",
                "max");
        for (Report.PublicationFigures part : report.publications()) {
            grid.row(
                    part.name(),
                    Numbers.count(part.publishers()),
                    Numbers.count(part.keys()),
                    Numbers.percent(part.stored()),
                    Numbers.percent(part.placed()),
                    Numbers.one(part.lookupsMean()),
                    Numbers.two(part.lookupsPerNode()),
                    Numbers.two(part.datagramsPerKey()),
                    Numbers.millis(part.millisMean()),
                    Numbers.millis(part.millisMax()));
        }
        return grid;
    }

    private static Grid tables(Report report) {
        Grid grid = new Grid("routing tables", "nodes", "know 18 of 20", "known", "contacts", "stale");
        for (Report.TableFigures part : report.tables()) {
            grid.row(
                    part.name(),
                    Numbers.count(part.nodes()),
                    Numbers.percent(part.knowsEighteen()),
                    Numbers.two(part.knownMean()),
                    Numbers.one(part.contactsMean()),
                    Numbers.percent(part.stale()));
        }
        return grid;
    }

    /** The numbers of one measurement, those of one sample on a line. */
    private static List<String> measured(Report.Measured part) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(part.name());
        Map<String, StringJoiner> rows = new LinkedHashMap<>();
        for (Figure figure : part.figures()) {
            String quantity = figure.name().substring(part.name().length() + 1);
            Matcher sampled = SAMPLED.matcher(quantity);
            boolean isSampled = sampled.matches();
            rows.computeIfAbsent(isSampled ? sampled.group(1) : quantity, row -> new StringJoiner("  "))
                    .add((isSampled ? sampled.group(2) + " " : "") + Numbers.plain(figure.value()));
        }
        rows.forEach((row, values) -> lines.add(String.format("  %-22s %s", row, values)));
        return lines;
    }

    private static List<String> traffic(Report report) {
        Report.TrafficFigures traffic = report.traffic();
        String kinds = traffic.kinds().stream()
                .map(kind -> kind.name() + " " + Numbers.three(kind.value()))
                .collect(Collectors.joining(", "));
        return List.of(
                "traffic " + Numbers.three(traffic.messagesPerSecond()) + " messages per node per second: "
                        + Numbers.count(traffic.datagrams()) + " datagrams, " + Numbers.count(traffic.lost()) + " lost",
                "        " + kinds);
    }

    private static String cost(Report report) {
        Report.Cost cost = report.cost();
        return "run     " + Numbers.span(cost.virtualMillis()) + " in " + Numbers.millis((double) cost.wallMillis())
                + ", "
                + Numbers.count(cost.events()) + " events, heap " + (cost.heapBytes() >> 20) + " MiB, trace "
                + trace(report);
    }

    /** Sixteen hexadecimal digits. */
    static String trace(Report report) {
        return String.format("%016x", report.traceHash());
    }
}
