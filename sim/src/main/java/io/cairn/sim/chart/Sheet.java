package io.cairn.sim.chart;

import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** The panels of a report, stacked on one time axis under a caption. */
final class Sheet {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 960;
    private static final int CAPTION_HEIGHT = 86;
    private static final int FOOT_HEIGHT = 24;
    private static final int MARGIN = 20;
    private static final Color INK = new Color(0x333333);
    private static final Color PALE = new Color(0x777777);

    private final Report report;
    private final List<Panel> panels;

    private Sheet(Report report, List<Panel> panels) {
        this.report = report;
        this.panels = panels;
    }

    /** Panels for everything that was measured. */
    static Sheet of(Report report) {
        TimeAxis time = TimeAxis.of(report.scenario().durationMillis());
        List<Panel> panels = new ArrayList<>();
        panels.add(panel("Hops to learn the closest node", "referrals", report, time)
                .curve("mean", Report.Point::hopsMean)
                .curve("95th percentile", Report.Point::hopsP95));
        panels.add(panel("Latency of a look-up", "milliseconds", report, time)
                .curve("median", Report.Point::latencyMedian)
                .curve("95th percentile", Report.Point::latencyP95));
        panels.add(panel("Success of look-ups", "per cent", report, time)
                .curve("closest node found", point -> 100 * point.success())
                .curve("of the k closest found", point -> 100 * point.recall())
                .upTo(105));
        panels.add(panel("Success of searches", "per cent", report, time)
                .curve("publisher found", point -> 100 * point.found())
                .upTo(105));
        panels.add(panel("Messages sent", "per node per second", report, time)
                .curve("all kinds", Report.Point::messagesPerSecond));
        panels.removeIf(Panel::isEmpty);
        for (Panel panel : panels) {
            report.scenario().deaths().forEach(death -> panel.event(death.atMillis()));
            report.scenario()
                    .partitions()
                    .forEach(cut -> panel.event(cut.atMillis())
                            .event(Math.min(
                                    cut.atMillis() + cut.overMillis(),
                                    report.scenario().durationMillis())));
        }
        return new Sheet(report, panels);
    }

    private static Panel panel(String title, String unit, Report report, TimeAxis time) {
        return new Panel(title, unit, report, time, WIDTH);
    }

    String toSvg() {
        SVGGraphics2D graphics = new SVGGraphics2D(emptyDocument());
        int height = CAPTION_HEIGHT + panels.size() * Panel.HEIGHT + FOOT_HEIGHT;
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
        caption(graphics);
        for (int i = 0; i < panels.size(); i++) {
            Graphics2D part = (Graphics2D) graphics.create();
            part.translate(0, CAPTION_HEIGHT + i * Panel.HEIGHT);
            panels.get(i).paint(part);
            part.dispose();
        }
        foot(graphics, height);
        StringWriter text = new StringWriter();
        try {
            graphics.stream(text, true);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return text.toString();
    }

    private void caption(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        graphics.drawString(report.scenario().title(), MARGIN, 30);
        graphics.setColor(PALE);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.drawString(setting(report.scenario()), MARGIN, 50);
        String events = events(report.scenario());
        if (!events.isEmpty()) {
            graphics.drawString("dashed: " + events, MARGIN, 67);
        }
    }

    private void foot(Graphics2D graphics, int height) {
        graphics.setColor(PALE);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        String words = "virtual time, "
                + TimeAxis.of(report.scenario().durationMillis()).title();
        int width = graphics.getFontMetrics().stringWidth(words);
        graphics.drawString(words, (WIDTH - width) / 2, height - 12);
    }

    private static String setting(Scenario scenario) {
        String nodes = String.format(
                Locale.ROOT,
                "%s: %,d nodes, mean round trip %d ms, loss %.3g %%",
                scenario.name(),
                scenario.nodes(),
                scenario.link().roundTripMillis(),
                100 * scenario.link().loss());
        Scenario.Churn churn = scenario.churn();
        Scenario.Adversaries hostile = scenario.adversaries();
        return nodes
                + (churn == null ? "" : ", median session " + churn.medianSessionMillis() / 60_000 + " min")
                + (hostile == null ? "" : String.format(Locale.ROOT, ", %.3g %% adversaries", 100 * hostile.part()))
                + ", seed " + scenario.seed();
    }

    private static String events(Scenario scenario) {
        List<String> events = new ArrayList<>();
        scenario.deaths()
                .forEach(death ->
                        events.add(String.format(Locale.ROOT, "%.3g %% of the nodes die at once", 100 * death.part())));
        scenario.partitions().forEach(cut -> events.add("the network falls into " + cut.parts() + " parts, and heals"));
        return String.join("; ", events);
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java makes documents", impossible);
        }
    }
}
