package io.cairn.sim.chart;

import io.cairn.sim.scenario.Report;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One diagram over time: a quantity with its unit, and one or two curves. The library draws axes and curves; this class writes heading and
 * legend as text, because the library would draw letters as outlines, which cannot be searched, read aloud or copied.
 */
final class Panel {
    static final int HEIGHT = 230;

    private static final int HEADING_HEIGHT = 26;
    private static final int LEFT = 20;
    private static final int AXIS_WIDTH = 66;
    private static final int LEGEND_LINE = 26;
    private static final int LEGEND_GAP = 8;
    private static final Color INK = new Color(0x333333);
    private static final Color PALE = new Color(0x777777);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final Color EVENT = new Color(0xc0392b);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** Blue and orange, which colour-blind people can tell apart; and two kinds of mark, for paper. */
    private static final List<Look> LOOKS = List.of(
            new Look(new Color(0x0072b2), 2.4f, SeriesMarkers.CIRCLE),
            new Look(new Color(0xd55e00), 1.2f, SeriesMarkers.DIAMOND));

    private final String title;
    private final String unit;
    private final int width;
    private final XYChart chart;
    private final TimeAxis time;
    private final List<Report.Point> points;
    private final double[] at;
    private double greatest;

    Panel(String title, String unit, Report report, TimeAxis time, int width) {
        this.title = title;
        this.unit = unit;
        this.width = width;
        this.time = time;
        this.points = report.timeline();
        this.at =
                points.stream().mapToDouble(point -> time.at(point.atMillis())).toArray();
        this.chart = new XYChart(width, HEIGHT - HEADING_HEIGHT, Styler.ChartTheme.XChart);
        style(chart.getStyler(), time.at(report.scenario().durationMillis()));
    }

    private void style(XYStyler styler, double end) {
        styler.setXAxisMin(0.0).setXAxisMax(end).setYAxisMin(0.0);
        styler.setAxisTickLabelsFont(TEXT).setPlotGridLinesColor(GRID).setAxisTitlesVisible(false);
        styler.setAxisTickMarksColor(INK).setAxisTickLabelsColor(INK).setPlotGridVerticalLinesVisible(false);
        styler.setXAxisTickLabelsFormattingFunction(time::label);
        styler.setYAxisTickMarkSpacingHint(44);
        styler.setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setChartFontColor(INK);
        styler.setChartTitleVisible(false).setLegendVisible(false).setChartPadding(LEFT);
        styler.setAnnotationLineColor(EVENT);
        styler.setAnnotationLineStroke(
                new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0));
        styler.setMarkerSize(5).setYAxisLeftWidthHint(AXIS_WIDTH);
    }

    /** Adds a curve, with a gap wherever its value is NaN. Left out if all its values are. */
    Panel curve(String name, ToDoubleFunction<Report.Point> value) {
        double[] values = points.stream().mapToDouble(value).toArray();
        boolean isThere = false;
        for (double v : values) {
            isThere |= !Double.isNaN(v);
            greatest = Double.isNaN(v) ? greatest : Math.max(greatest, v);
        }
        if (isThere) {
            Look look = LOOKS.get(chart.getSeriesCollection().size());
            XYSeries series = chart.addSeries(name, at, values);
            series.setLineColor(look.color()).setLineStyle(new BasicStroke(look.width()));
            series.setMarkerColor(look.color()).setMarker(look.marker());
        }
        return this;
    }

    /** Sets the greatest value of the axis; the default is a tenth above the greatest value of the curves. */
    Panel upTo(double max) {
        chart.getStyler().setYAxisMax(max);
        return this;
    }

    /** Adds a vertical line at an event. */
    Panel event(long atMillis) {
        chart.addAnnotation(new AnnotationLine(time.at(atMillis), true, false));
        return this;
    }

    boolean isEmpty() {
        return chart.getSeriesCollection().isEmpty();
    }

    /** Paints it with its upper left corner at the origin. */
    void paint(Graphics2D graphics) {
        Graphics2D body = (Graphics2D) graphics.create();
        body.translate(0, HEADING_HEIGHT - LEFT);
        if (chart.getStyler().getYAxisMax() == null) {
            chart.getStyler().setYAxisMax(greatest == 0 ? 1 : greatest * 1.1);
        }
        chart.paint(body, width, HEIGHT - HEADING_HEIGHT + LEFT);
        body.dispose();
        heading(graphics);
        legend(graphics);
    }

    private void heading(Graphics2D graphics) {
        graphics.setFont(TITLE);
        graphics.setColor(INK);
        graphics.drawString(title, LEFT, 16);
        int after = LEFT + graphics.getFontMetrics().stringWidth(title) + LEGEND_GAP;
        graphics.setFont(TEXT);
        graphics.setColor(PALE);
        graphics.drawString(unit, after, 16);
    }

    /** Draws the legend right to left, from the last curve to the first. */
    private void legend(Graphics2D graphics) {
        List<XYSeries> curves = List.copyOf(chart.getSeriesCollection());
        int right = width - LEFT;
        graphics.setFont(TEXT);
        for (int i = curves.size() - 1; i >= 0; i--) {
            String name = curves.get(i).getName();
            int begin = right - graphics.getFontMetrics().stringWidth(name);
            graphics.setColor(INK);
            graphics.drawString(name, begin, 16);
            graphics.setColor(LOOKS.get(i).color());
            graphics.setStroke(new BasicStroke(LOOKS.get(i).width()));
            graphics.drawLine(begin - LEGEND_GAP - LEGEND_LINE, 12, begin - LEGEND_GAP, 12);
            LOOKS.get(i).marker().paint(graphics, begin - LEGEND_GAP - LEGEND_LINE / 2.0, 12, 5);
            right = begin - LEGEND_LINE - 3 * LEGEND_GAP;
        }
    }

    private record Look(Color color, float width, Marker marker) {}
}
