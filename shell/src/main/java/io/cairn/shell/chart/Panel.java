package io.cairn.shell.chart;

import io.cairn.dht.sim.scenario.Report;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One diagram over time: a quantity with its unit, and one or two curves. */
final class Panel {
    private static final Color INK = new Color(0x333333);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final Color EVENT = new Color(0xc0392b);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** Blue and orange, which colour-blind people tell apart; and two forms of line, for paper. */
    private static final List<Look> LOOKS = List.of(
            new Look(new Color(0x0072b2), 2.2f, SeriesMarkers.CIRCLE),
            new Look(new Color(0xd55e00), 1.4f, SeriesMarkers.DIAMOND));

    private final XYChart chart;
    private final TimeAxis time;
    private final List<Report.Point> points;
    private final double[] at;
    private double greatest;

    Panel(String title, String unit, Report report, TimeAxis time, int width, int height) {
        this.time = time;
        this.points = report.timeline();
        this.at =
                points.stream().mapToDouble(point -> time.at(point.atMillis())).toArray();
        this.chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .yAxisTitle(unit)
                .xAxisTitle(time.title())
                .build();
        style(chart.getStyler(), time.at(report.scenario().durationMillis()));
    }

    private static void style(XYStyler styler, double end) {
        styler.setXAxisMin(0.0).setXAxisMax(end).setYAxisMin(0.0);
        styler.setAxisTitleFont(TEXT).setAxisTickLabelsFont(TEXT).setPlotGridLinesColor(GRID);
        styler.setAxisTickMarksColor(INK).setAxisTickLabelsColor(INK).setPlotGridVerticalLinesVisible(false);
        styler.setXAxisDecimalPattern("#,##0.##").setYAxisTickMarkSpacingHint(38);
        styler.setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setChartFontColor(INK);
        styler.setChartTitleFont(TITLE).setChartTitleBoxVisible(false).setChartTitlePadding(4);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE).setLegendFont(TEXT);
        styler.setLegendBorderColor(Color.WHITE).setLegendBackgroundColor(Color.WHITE);
        styler.setAnnotationLineColor(EVENT);
        styler.setAnnotationLineStroke(
                new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0));
        styler.setMarkerSize(5).setYAxisLeftWidthHint(70);
    }

    /** A curve; where its value is not a number there is a gap. Left out if it has none at all. */
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

    /** The greatest value that the axis shows; without this, the next round number above the values. */
    Panel upTo(double max) {
        chart.getStyler().setYAxisMax(max);
        return this;
    }

    /** A line where something happens. */
    Panel event(long atMillis) {
        chart.addAnnotation(new AnnotationLine(time.at(atMillis), true, false));
        return this;
    }

    boolean isEmpty() {
        return chart.getSeriesCollection().isEmpty();
    }

    /** Leaves room above the highest value. */
    XYChart chart() {
        if (chart.getStyler().getYAxisMax() == null) {
            chart.getStyler().setYAxisMax(greatest == 0 ? 1 : greatest * 1.1);
        }
        return chart;
    }

    private record Look(Color color, float width, Marker marker) {}
}
