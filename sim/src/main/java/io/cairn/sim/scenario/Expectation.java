package io.cairn.sim.scenario;

import java.util.Locale;

/**
 * A line that a run must satisfy.
 *
 * @param figure the name of a {@link Figure}
 * @param min least value, {@link Double#NEGATIVE_INFINITY} for any
 * @param max greatest value, {@link Double#POSITIVE_INFINITY} for any
 */
public record Expectation(String figure, double min, double max) {
    public Expectation {
        Scenario.require(min <= max, "the least value " + min + " exceeds the greatest " + max);
    }

    public boolean holds(double value) {
        return value >= min && value <= max;
    }

    /** {@code >= 0.999}, {@code <= 4000} or {@code 0.75 .. 1.05}. */
    @Override
    public String toString() {
        if (max == Double.POSITIVE_INFINITY) {
            return figure + " >= " + number(min);
        }
        if (min == Double.NEGATIVE_INFINITY) {
            return figure + " <= " + number(max);
        }
        return figure + " in " + number(min) + " .. " + number(max);
    }

    /** Without a fraction if that is zero. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
