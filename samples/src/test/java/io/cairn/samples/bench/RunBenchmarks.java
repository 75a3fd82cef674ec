package io.cairn.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of the founding documents and writes one line per figure: name, value, unit, separated by tabs.
 * {@code samples/bench/seed} starts it with the name of the output file.
 */
public final class RunBenchmarks {
    private RunBenchmarks() {}

    public static void main(String[] arguments) throws RunnerException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: RunBenchmarks FILE");
        }
        Options options = new OptionsBuilder()
                .include("RoutingTableBenchmark.*Thousand|HashRingBenchmark")
                .shouldFailOnError(true)
                .build();
        List<String> lines = new Runner(options)
                .run().stream().map(RunBenchmarks::line).sorted().toList();
        HashRingBenchmark ring = new HashRingBenchmark();
        try {
            Files.write(Path.of(arguments[0]), lines);
            Files.writeString(
                    Path.of(arguments[0]),
                    String.format(
                            Locale.ROOT,
                            "deviation\t%.4f\tpart%nmovedShare\t%.4f\tpart%n",
                            ring.deviation(),
                            ring.movedShare()),
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String line(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%s\t%.4f\t%s",
                result.getPrimaryResult().getLabel(),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit());
    }
}
