package io.cairn.sim.file;

import io.cairn.sim.scenario.Expectation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the expected value of a figure: {@code >= 0.999}, {@code <= 4000} or {@code 0.75 .. 1.05}. */
final class ExpectedLine {
    private static final String NUMBER = "\\s*(-?[0-9]+(?:\\.[0-9]+)?)\\s*";
    private static final Pattern BOUND = Pattern.compile("\\s*(<=|>=)" + NUMBER);
    private static final Pattern RANGE = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

    private ExpectedLine() {}

    static Expectation parse(String figure, String line) {
        Matcher bound = BOUND.matcher(line);
        if (bound.matches()) {
            double value = Double.parseDouble(bound.group(2));
            return bound.group(1).equals("<=")
                    ? new Expectation(figure, Double.NEGATIVE_INFINITY, value)
                    : new Expectation(figure, value, Double.POSITIVE_INFINITY);
        }
        Matcher range = RANGE.matcher(line);
        if (range.matches()) {
            return new Expectation(figure, Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2)));
        }
        throw new IllegalArgumentException(
                "expect: \"" + figure + "\" must be >= NUMBER, <= NUMBER or NUMBER .. NUMBER, not \"" + line + "\"");
    }
}
