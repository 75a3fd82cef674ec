package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code samples/bench/crash}: a fetch is killed midway and restarted, several times. */
class KilledFetchLosesNothingTest {
    private static final int KILLS = 5;
    private static final long LENGTH = 128L * MIB;

    @TempDir
    Path folder;

    @Test
    void whatItHadVerifiedIsNotFetchedAgain() throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), LENGTH, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Path target = ben.files().resolve("film.bin");

            long verified = 0;
            for (int kill = 0; kill < KILLS && !Files.exists(target); kill++) {
                CairnProcess fetch = ben.fetch(hash);
                assertThat(resumedBytes(fetch)).as(fetch.transcript()).isGreaterThanOrEqualTo(verified);
                verified = killed(fetch, sharing);
            }
            if (!Files.exists(target)) {
                CairnProcess last = ben.fetch(hash);
                assertThat(last.exitCode()).as(last.transcript()).isZero();
                assertThat(resumedBytes(last)).as(last.transcript()).isGreaterThanOrEqualTo(verified);
            }
            assertThat(Content.sha256(target)).isEqualTo(Content.sha256(file));
            assertThat(ben.files()).isDirectoryNotContaining("glob:**.part*");
        }
    }

    private static long resumedBytes(CairnProcess fetch) {
        return fetch.await("phase", line -> line.has("resumedBytes"))
                .path("resumedBytes")
                .asLong();
    }

    /** Halts the provider, so that the fetch is killed midway; returns the verified bytes that the fetch reported. */
    private static long killed(CairnProcess fetch, CairnProcess sharing) throws IOException {
        sharing.signal("STOP");
        try {
            fetch.await("progress", line -> true);
            fetch.signal("KILL");
            fetch.exitCode();
        } finally {
            sharing.signal("CONT");
        }
        long verified = 0;
        for (JsonNode progress : fetch.said("progress")) {
            verified = Math.max(verified, progress.path("verifiedBytes").asLong());
        }
        return verified;
    }
}
