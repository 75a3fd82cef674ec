package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Verifier.VerifyReport.BadChunk;
import io.cairn.app.Verifier.VerifyReport.WrongSize;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;
    private String hash;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
        hash = ManifestsForTests.hashOf(film).toHex();
        cli.stranger(film);
    }

    @Test
    void saysThatAllChunksAreGood() {
        assertThat(cli.run("verify", film.toString(), hash)).isZero();
        assertThat(cli.out()).isEqualTo("verified 3/3 chunks  film.mkv\n");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void namesEveryBadChunkAndEndsWithSix() {
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                List.of(
                        new BadChunk(0, 0, 262_144, List.of("film.mkv")),
                        new BadChunk(2, 524_288, 75_712, List.of("film.mkv"))),
                3,
                List.of(),
                List.of(),
                List.of());
        assertThat(cli.run("verify", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.outLines())
                .containsExactly("bad chunk 0  bytes 0-262143  film.mkv", "bad chunk 2  bytes 524288-599999  film.mkv");
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("why:   2 of 3 chunks bad\n");
    }

    @Test
    void chunksThatFollowEachOtherAreOneLine() {
        List<BadChunk> bad = new ArrayList<>();
        for (int chunk = 0; chunk < 1_200; chunk++) {
            if (chunk != 7) {
                bad.add(new BadChunk(chunk, chunk * 1_000L, 1_000, List.of("part " + chunk / 200)));
            }
        }
        cli.verifier = (path, manifest, progress) -> new VerifyReport(bad, 1_200, List.of(), List.of(), List.of());
        assertThat(cli.run("verify", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.outLines())
                .containsExactly(
                        "bad chunks 0-6  bytes 0-6999  part 0",
                        "bad chunks 8-1199  bytes 8000-1199999  part 0, part 1, part 2, part 3 and 2 more");
    }

    @Test
    void saysShorterAndLongerOfWhatIs() {
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                List.of(),
                3,
                List.of("gone"),
                List.of(new WrongSize("cut", 600_000, 599_999), new WrongSize("grown", 10, 11)),
                List.of());
        assertThat(cli.run("verify", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.outLines())
                .containsExactly(
                        "shorter  cut  599,999 bytes instead of 600,000",
                        "longer   grown  11 bytes instead of 10",
                        "missing  gone");
        assertThat(cli.err()).contains("why:   0 of 3 chunks bad, 1 file missing, 1 file shorter, 1 file longer\n");
    }

    @Test
    void tellsLengthsInJson() {
        cli.verifier = (path, manifest, progress) ->
                new VerifyReport(List.of(), 3, List.of(), List.of(new WrongSize("cut", 600_000, 599_999)), List.of());
        assertThat(cli.run("verify", "--json", film.toString(), hash)).isEqualTo(6);
        JsonNode wrong = cli.json("wrong_size");
        assertThat(wrong.get("file").asText()).isEqualTo("cut");
        assertThat(wrong.get("size").asLong()).isEqualTo(599_999);
        assertThat(wrong.get("expectedSize").asLong()).isEqualTo(600_000);
    }

    @Test
    void whatIsNextCanBePasted() throws IOException {
        Path odd = Files.write(folder.resolve("it's a film.mkv"), new byte[600_000]);
        cli.stranger(odd);
        cli.verifier = (path, manifest, progress) -> new VerifyReport(List.of(), 3, List.of("x"), List.of(), List.of());
        assertThat(cli.run(
                        "verify", odd.toString(), ManifestsForTests.hashOf(odd).toHex()))
                .isEqualTo(6);
        assertThat(cli.err())
                .contains("cairn verify '" + folder + "/it'\\''s a film.mkv' " + ManifestsForTests.hashOf(odd));
    }

    @Test
    void tellsBadChunksAndMissingFilesInJson() {
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                List.of(new BadChunk(1, 262_144, 262_144, List.of("a", "b"))),
                3,
                List.of("b"),
                List.of(),
                List.of("c"));
        assertThat(cli.run("verify", "--json", film.toString(), hash)).isEqualTo(6);
        JsonNode bad = cli.json("chunk_bad");
        assertThat(bad.get("chunk").asInt()).isEqualTo(1);
        assertThat(bad.get("offset").asLong()).isEqualTo(262_144);
        assertThat(bad.get("length").asInt()).isEqualTo(262_144);
        assertThat(bad.get("files").get(1).asText()).isEqualTo("b");
        assertThat(cli.json("missing").get("file").asText()).isEqualTo("b");
        assertThat(cli.json("error").get("code").asInt()).isEqualTo(6);
    }

    @Test
    void tellsSuccessInJson() {
        assertThat(cli.run("verify", "--json", film.toString(), hash)).isZero();
        JsonNode complete = cli.json("complete");
        assertThat(complete.get("hash").asText()).isEqualTo(hash);
        assertThat(complete.get("chunks").asInt()).isEqualTo(3);
        assertThat(complete.get("badChunks").asInt()).isZero();
    }

    @Test
    void repairsAndVerifiesAgain() {
        AtomicInteger looks = new AtomicInteger();
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                looks.getAndIncrement() > 0
                        ? List.of()
                        : List.of(new BadChunk(1, 262_144, 262_144, List.of("film.mkv"))),
                3,
                List.of(),
                List.of(),
                List.of());
        assertThat(cli.run("verify", "--repair", "--json", film.toString(), hash))
                .isZero();
        assertThat(looks).hasValue(2);
        assertThat(cli.json("chunk_bad").get("chunk").asInt()).isEqualTo(1);
        JsonNode complete = cli.json("complete");
        assertThat(complete.get("repairedChunks").asInt()).isEqualTo(1);
        assertThat(complete.get("badChunks").asInt()).isZero();
    }

    @Test
    void whatIsBadAfterARepairIsTold() {
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                List.of(new BadChunk(1, 262_144, 262_144, List.of("film.mkv"))), 3, List.of(), List.of(), List.of());
        assertThat(cli.run("verify", "--repair", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.errLines())
                .anyMatch(line -> line.startsWith("next:  it was changed meanwhile"))
                .noneMatch(line -> line.startsWith("repaired"));
    }

    @Test
    void whatIsGoodNeedsNoRepair() {
        assertThat(cli.run("verify", "--repair", film.toString(), hash)).isZero();
        assertThat(cli.outLines()).containsExactly("verified 3/3 chunks  film.mkv");
    }

    @Test
    void aMissingPathStartsNoNode() {
        assertThat(cli.run("verify", folder.resolve("none").toString(), hash)).isEqualTo(1);
        assertThat(cli.world.nodes).hasSize(1);
    }
}
