package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer serves bytes that differ from the share: its disk is bad, or it is malicious. */
class LiarsTest {
    /** The rate per peer: no honest peer can supply everything before the liar is asked. */
    private static final String RATE = "8MiB/s";

    @Test
    void oneOfThreeLiesAndTheFileIsRightNevertheless(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 64L * MIB, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Machine liar = machines.add("liar").knowing(sharing);
            CairnProcess honest = ben.fetch(hash, "--keep-sharing");
            CairnProcess lying = liar.fetch(hash, "--keep-sharing");
            honest.await("complete");
            lying.await("complete");
            corruptUnnoticed(liar.files().resolve("film.bin"), lying);

            Machine dora = machines.add("dora").knowing(sharing, honest, lying);
            CairnProcess fetch = dora.fetch(hash, "--limit-lan", "--limit-down-per-peer", RATE);
            JsonNode complete = fetch.await("complete");
            assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
            assertThat(Content.sha256(dora.files().resolve("film.bin")))
                    .as(complete.toString())
                    .isEqualTo(Content.sha256(file));
            String liarId = lying.await("ready").path("node").asText();
            assertThat(fetch.said("chunk_bad"))
                    .as("the liar was asked, and only the liar is blamed%n%s", fetch.transcript())
                    .isNotEmpty()
                    .allMatch(bad -> bad.path("node").asText().equals(liarId));
        }
    }

    @Test
    void whereThereIsOnlyALiarNothingIsPlaced(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine liar = machines.add("liar");
            Path file = Content.random(liar.files().resolve("film.bin"), 4L * MIB, 2);
            CairnProcess lying = liar.start("share", file.toString());
            String hash = lying.await("shared").path("hash").asText();
            corruptUnnoticed(file, lying);

            Machine ann = machines.add("ann").knowing(lying);
            CairnProcess fetch = ann.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(6);
            assertThat(fetch.said("chunk_bad")).isNotEmpty();
            assertThat(fetch.said("complete")).isEmpty();
            assertThat(ann.files().resolve("film.bin")).doesNotExist();
        }
    }

    @Test
    void verifyNamesWhatIsBad(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 2L * MIB, 3);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess fetch = ben.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
            Path copy = ben.files().resolve("film.bin");
            CairnProcess good = ben.start("verify", copy.toString(), hash);
            assertThat(good.exitCode()).as(good.transcript()).isZero();

            Content.corruptUnnoticed(copy);
            CairnProcess bad = ben.start("verify", copy.toString(), hash);
            assertThat(bad.exitCode()).as(bad.transcript()).isEqualTo(6);
            assertThat(bad.said("chunk_bad"))
                    .as("every chunk of 256 KiB was changed")
                    .hasSize(8);
        }
    }

    /** The sharing process watches the file and would see the new modification time before it is reset. */
    private static void corruptUnnoticed(Path file, CairnProcess sharing) throws IOException {
        sharing.signal("STOP");
        try {
            Content.corruptUnnoticed(file);
        } finally {
            sharing.signal("CONT");
        }
    }
}
