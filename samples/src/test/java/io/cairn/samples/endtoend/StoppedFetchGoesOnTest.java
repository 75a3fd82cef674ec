package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fetch ended midway, by a signal or a kill, resumes from its partial data. */
class StoppedFetchGoesOnTest {
    /** Most attempts to catch a fetch midway. */
    private static final int TRIES_MAX = 8;

    private static final Duration JOURNAL_DUE = Duration.ofMillis(1_500);
    private static final long LENGTH = 256L * MIB;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void fromWhatItHas(String signal, @TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), LENGTH, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();

            Machine ben = stoppedMidway(machines, sharing, hash, signal);
            assertThat(ben.files().resolve("film.bin")).as("nothing unverified").doesNotExist();

            CairnProcess second = ben.fetch(hash);
            JsonNode complete = second.await("complete");
            assertThat(second.exitCode()).as(second.transcript()).isZero();
            JsonNode manifest = second.await("phase", line -> line.has("resumedBytes"));
            assertThat(manifest.path("resumedBytes").asLong())
                    .as("bytes that were not fetched again")
                    .isPositive();
            assertThat(bytesFrom(complete))
                    .as("bytes fetched in the second run")
                    .isEqualTo(LENGTH - manifest.path("resumedBytes").asLong());
            assertThat(Content.sha256(ben.files().resolve("film.bin"))).isEqualTo(Content.sha256(file));
        }
    }

    private static long bytesFrom(JsonNode complete) {
        long bytes = 0;
        for (JsonNode peer : complete.path("peers")) {
            bytes += peer.path("bytes").asLong();
        }
        return bytes;
    }

    /** Halts the provider once the first bytes are verified, so that the fetch cannot complete before the signal arrives. */
    private static Machine stoppedMidway(Machines machines, CairnProcess sharing, String hash, String signal)
            throws IOException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Machine ben = machines.add("ben" + tries).knowing(sharing);
            CairnProcess fetch = ben.fetch(hash);
            fetch.await("progress", line -> line.path("verifiedBytes").asLong() > 0);
            sharing.signal("STOP");
            try {
                awaitJournal(fetch);
                fetch.signal(signal);
                int code = fetch.exitCode();
                if (fetch.said("complete").isEmpty()) {
                    assertThat(code).as(fetch.transcript()).isNotZero();
                    return ben;
                }
            } finally {
                sharing.signal("CONT");
            }
        }
        throw new AssertionError("no fetch could be stopped midway in " + TRIES_MAX + " tries");
    }

    /** The journal follows the data within one second; progress is reported at least every two. */
    private static void awaitJournal(CairnProcess fetch) {
        long halted = System.nanoTime();
        fetch.awaitLine(line -> line.contains("\"complete\"") || System.nanoTime() - halted > JOURNAL_DUE.toNanos());
    }
}
