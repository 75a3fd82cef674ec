package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged folder is repaired in place from the machine that still has a good copy. */
class RepairTest {
    @TempDir
    Path folder;

    @Test
    void fetchesWhatIsBadAndNothingElse() throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path source = Files.createDirectories(ann.files().resolve("trip"));
            Content.random(source.resolve("film.bin"), 12L * MIB, 1);
            Content.random(source.resolve("notes.txt"), 3_000, 2);
            Files.createDirectory(source.resolve("empty"));
            CairnProcess sharing = ann.start("share", source.toString());
            String hash = sharing.await("shared").path("hash").asText();

            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess fetch = ben.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
            Path placed = ben.files().resolve("trip");
            Map<String, String> right = Content.tree(placed);
            damage(placed);

            CairnProcess verify = ben.start("verify", placed.toString(), hash);
            assertThat(verify.exitCode()).as(verify.transcript()).isEqualTo(6);
            CairnProcess repair = ben.start("verify", placed.toString(), hash, "--repair");
            JsonNode complete = repair.await("complete");
            assertThat(repair.exitCode()).as(repair.transcript()).isZero();
            int bad = verify.said("chunk_bad").size();
            assertThat(complete.path("repairedChunks").asInt()).isEqualTo(bad);
            assertThat(complete.path("peers").path(0).path("chunks").asInt())
                    .as("chunks fetched")
                    .isEqualTo(bad);
            Map<String, String> now = Content.tree(placed);
            assertThat(now.remove("mine.txt")).isNotNull();
            assertThat(now).isEqualTo(right);
        }
    }

    private static void damage(Path placed) throws IOException {
        try (RandomAccessFile film =
                new RandomAccessFile(placed.resolve("film.bin").toFile(), "rw")) {
            film.seek(5 * MIB);
            film.write(new byte[10]);
            film.setLength(13L * MIB);
        }
        Files.delete(placed.resolve("notes.txt"));
        Files.delete(placed.resolve("empty"));
        Files.writeString(placed.resolve("mine.txt"), "not part of the share");
    }
}
