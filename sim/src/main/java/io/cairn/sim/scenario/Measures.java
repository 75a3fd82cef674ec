package io.cairn.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accumulates the numbers of one measurement, each under a name. */
final class Measures {
    private final Map<String, Sample> samples = new LinkedHashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Double> singles = new LinkedHashMap<>();

    /** Whole numbers, of which the report has the least, the median, the 99th percentile, the greatest and the mean. */
    Sample sample(String name) {
        return samples.computeIfAbsent(name, any -> new Sample());
    }

    /** Counts what holds, of which the report has the fraction. */
    void count(String name, boolean holds) {
        parts.computeIfAbsent(name, any -> new Part()).add(holds);
    }

    void set(String name, double value) {
        singles.put(name, value);
    }

    Report.Measured measured(String name) {
        List<Figure> figures = new ArrayList<>();
        parts.forEach((what, part) -> {
            figures.add(new Figure(name + "." + what, part.fraction()));
            figures.add(new Figure(name + "." + what + "-of", part.all));
        });
        singles.forEach((what, value) -> figures.add(new Figure(name + "." + what, value)));
        samples.forEach((what, sample) -> {
            String stem = name + "." + what;
            figures.add(new Figure(stem + "-min", sample.percentile(0)));
            figures.add(new Figure(stem + "-p50", sample.percentile(0.5)));
            figures.add(new Figure(stem + "-p99", sample.percentile(0.99)));
            figures.add(new Figure(stem + "-max", sample.percentile(1)));
            figures.add(new Figure(stem + "-mean", sample.mean()));
        });
        return new Report.Measured(name, figures);
    }

    private static final class Part {
        private int held;
        private int all;

        void add(boolean holds) {
            held += holds ? 1 : 0;
            all++;
        }

        double fraction() {
            return (double) held / all;
        }
    }
}
