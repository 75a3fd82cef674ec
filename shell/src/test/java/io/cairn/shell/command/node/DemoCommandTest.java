package io.cairn.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Verifier.VerifyReport.BadChunk;
import io.cairn.shell.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheStoryAndCleansUp() {
        Cli cli = new Cli(folder);
        cli.verifier = (path, manifest, progress) -> {
            Path original = cli.world.file(manifest.hash());
            try {
                long changed = Files.mismatch(original, path);
                int chunk = (int) (changed / manifest.chunkBytes());
                return new VerifyReport(
                        List.of(new BadChunk(chunk, manifest.chunkOffset(chunk), 1 << 18, List.of("holiday.mov"))),
                        manifest.chunkCount(),
                        List.of(),
                        List.of(),
                        List.of());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        assertThat(cli.run("demo")).isZero();
        assertThat(cli.out())
                .contains("stored on 4/4 nodes")
                .contains("2 chunks from a")
                .contains("2 chunks from b")
                .contains("all three files are equal")
                .contains("bad chunk 68  bytes ")
                .contains("nothing is left behind");
        assertThat(cli.world.nodes).hasSize(3).allMatch(node -> node.closed);
        assertThat(cli.node().config.lan()).isFalse();
        assertThat(cli.node().config.bind())
                .extracting(address -> address.getHostAddress())
                .containsExactly("127.0.0.1");
        assertThat(cli.node().config.dataDirectory()).doesNotExist();
    }

    @Test
    void failsIfVerifyNamesNoChunk() {
        Cli cli = new Cli(folder);
        assertThat(cli.run("demo", "--json")).isEqualTo(6);
        assertThat(cli.json("error").get("code").asInt()).isEqualTo(6);
        assertThat(cli.node().config.dataDirectory()).doesNotExist();
    }
}
