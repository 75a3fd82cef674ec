package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log goes to stderr, with the verbosity from the command line. */
class LogTest {
    @ParameterizedTest
    @CsvSource({"--network=log, 0", "-v, 0", "-vv, 1"})
    void isAsLongAsWasAskedFor(String option, int debugLinesMin, @TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            CairnProcess daemon = machines.add("ann").start("daemon", option);
            daemon.await("ready");
            daemon.signal("TERM");
            daemon.exitCode();
            long debugLines = daemon.errors()
                    .lines()
                    .filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d DEBUG \\w+  .+"))
                    .count();
            if (debugLinesMin == 0) {
                assertThat(debugLines).as(daemon.transcript()).isZero();
            } else {
                assertThat(debugLines).as(daemon.transcript()).isGreaterThanOrEqualTo(debugLinesMin);
            }
            assertThat(daemon.output()).doesNotContain("DEBUG");
        }
    }
}
