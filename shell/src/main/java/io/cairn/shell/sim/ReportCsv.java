package io.cairn.shell.sim;

import io.cairn.sim.scenario.Report;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;

/** The curves of a report, one line for each point under a header; a cell is empty if there was nothing to measure. */
final class ReportCsv {
    private static final MathContext DIGITS = new MathContext(7);

    private ReportCsv() {}

    /** The whole file. */
    static String of(Report report) {
        StringBuilder text =
                new StringBuilder(Curve.ALL.stream().map(Curve::column).collect(Collectors.joining(",", "", "\n")));
        for (Report.Point point : report.timeline()) {
            text.append(
                    Curve.ALL.stream().map(curve -> cell(curve.of(point))).collect(Collectors.joining(",", "", "\n")));
        }
        return text.toString();
    }

    private static String cell(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
    }
}
