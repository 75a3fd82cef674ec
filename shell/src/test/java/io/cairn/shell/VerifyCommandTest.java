package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.VerifyReport;
import io.cairn.app.VerifyReport.BadChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        hash = FakeNode.hashOf(film).toHex();
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
                List.of());
        assertThat(cli.run("verify", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.outLines())
                .containsExactly("bad chunk 0  bytes 0-262143  film.mkv", "bad chunk 2  bytes 524288-599999  film.mkv");
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("why:   2 of 3 chunks bad\n");
    }

    @Test
    void tellsBadChunksAndMissingFilesInJson() {
        cli.verifier = (path, manifest, progress) -> new VerifyReport(
                List.of(new BadChunk(1, 262_144, 262_144, List.of("a", "b"))), 3, List.of("b"), List.of("c"));
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
                List.of(new BadChunk(1, 262_144, 262_144, List.of("film.mkv"))), 3, List.of(), List.of());
        assertThat(cli.run("verify", "--repair", film.toString(), hash)).isEqualTo(6);
        assertThat(cli.errLines()).anyMatch(line -> line.startsWith("next:  it was changed meanwhile"));
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
