package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's control of a fetch: which files, what happens to an existing target, and when it runs. */
class FetchesAreControlledTest {
    @TempDir
    Path folder;

    @Test
    void aPartOfAFolderThenTheRestThenAllAnewThenBesides() throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path shared = ann.files().resolve("album");
            Path album = Files.createDirectories(shared.resolve("deep"));
            Path picture = Content.random(album.resolve("a.jpg"), 3 * MIB, 1);
            Path text = Content.random(album.resolveSibling("b.txt"), MIB / 2, 2);
            CairnProcess sharing = ann.start("share", shared.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Path target = ben.files().resolve("album");

            CairnProcess nothing = ben.fetch(hash, "--only", "*.gif");
            assertThat(nothing.exitCode()).as(nothing.transcript()).isEqualTo(2);
            assertThat(nothing.await("error").toString()).contains("b.txt");

            assertThat(ben.fetch(hash, "--only", "*.jpg").exitCode()).isZero();
            assertThat(target.resolve("deep/a.jpg")).hasSameBinaryContentAs(picture);
            assertThat(target.resolve("b.txt")).doesNotExist();

            assertThat(ben.fetch(hash, "--sequential").exitCode()).isZero();
            assertThat(target.resolve("b.txt")).hasSameBinaryContentAs(text);
            CairnProcess again = ben.fetch(hash);
            assertThat(again.exitCode()).as(again.transcript()).isZero();
            assertThat(again.await("complete").path("alreadyThere").asBoolean()).isTrue();

            Files.writeString(target.resolve("b.txt"), "changed");
            assertThat(ben.fetch(hash).exitCode()).isEqualTo(8);
            assertThat(target.resolve("b.txt")).hasContent("changed");
            assertThat(ben.fetch(hash, "--overwrite").exitCode()).isZero();
            assertThat(target.resolve("b.txt")).hasSameBinaryContentAs(text);

            CairnProcess besides = ben.fetch(hash, "--rename");
            assertThat(besides.await("complete").path("path").asText()).endsWith("album (1)");
            assertThat(besides.exitCode()).isZero();
            assertThat(ben.files()).isDirectoryNotContaining("glob:**.part").isDirectoryNotContaining("glob:**.old*");
        }
    }

    @Test
    void pausedOverARestartThenResumedAndAnotherCancelled() throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 64L * MIB, 1);
            CairnProcess sharing = ann.start("share", file.toString(), "--limit-up", "8MiB/s", "--limit-lan");
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            String to = " -o " + ben.files() + "/";

            CairnProcess first = ben.startPlain("--json");
            first.say("fetch " + hash + to + " &\n");
            first.await("progress", line -> line.path("verifiedBytes").asLong() > 0);
            first.say("pause film.bin\nfetches\n");
            first.await("paused");
            JsonNode paused =
                    first.await("fetch", line -> line.path("state").asText().equals("paused"));
            assertThat(paused.path("totalBytes").asLong()).isEqualTo(64L * MIB);
            first.type("exit\n");
            assertThat(first.exitCode()).as(first.transcript()).isZero();
            assertThat(ben.files()).isDirectoryContaining("glob:**film.bin.part");

            CairnProcess second = ben.startPlain("--json");
            second.say("fetches\n");
            JsonNode still = second.await("fetch");
            assertThat(still.path("state").asText()).isEqualTo("paused");
            second.say("resume " + hash.substring(0, 8) + "\n");
            assertThat(second.await("complete").path("size").asLong()).isEqualTo(64L * MIB);
            assertThat(Content.sha256(ben.files().resolve("film.bin"))).isEqualTo(Content.sha256(file));

            second.say("fetch " + hash + " -o " + ben.files() + "/other.bin &\n");
            second.await(
                    "progress",
                    line -> second.said("complete").size() == 1
                            && line.path("verifiedBytes").asLong() > 0);
            second.type("cancel " + hash + "\nfetches\nexit\n");
            assertThat(second.exitCode()).as(second.transcript()).isZero();
            second.await("cancelled");
            assertThat(ben.files()).isDirectoryNotContaining("glob:**other*");
        }
    }
}
