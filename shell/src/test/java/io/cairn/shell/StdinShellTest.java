package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StdinShellTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;
    private String hash;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("my film.mkv"), new byte[600_000]);
        hash = ManifestsForTests.hashOf(film).toHex();
    }

    private int lines(String... lines) {
        cli.stdin = String.join("\n", lines) + "\n";
        return cli.run();
    }

    @Test
    void runsLineByLineAndEndsWithZero() {
        assertThat(lines("# a comment", "", "share file '" + film + "'", "shares", "version"))
                .isZero();
        assertThat(cli.outLines())
                .containsExactly(
                        hash + "  my film.mkv", hash + "  585.9 KiB  sent 0 B  my film.mkv  " + film, "cairn 0.1.0");
        assertThat(cli.errLines().get(0))
                .isEqualTo("cairn 0.1.0  node " + cli.node().identity.nodeId().toShortString()
                        + "  listening on 127.0.0.1:4747 (udp+tcp)  network \"public\"");
        assertThat(cli.err()).contains("not joined yet: no peer has answered");
        assertThat(cli.node().closed).isTrue();
    }

    @Test
    void stopsAtTheFirstFailure() {
        assertThat(lines("id", "fetch nonsense", "version")).isEqualTo(2);
        assertThat(cli.out()).contains("network    public").doesNotContain("cairn 0.1.0");
        cli = new Cli(folder);
        assertThat(lines("find " + hash, "version")).isEqualTo(3);
    }

    @Test
    void aNameMeansTheFetchOrShareThatHasIt() throws IOException {
        Path shared = Files.write(folder.resolve("film.mkv"), new byte[5]);
        Path fetched =
                Files.write(Files.createDirectory(folder.resolve("other")).resolve("film.mkv"), new byte[9]);
        cli.stranger(fetched);
        cli.setup = node -> node.fetchHangs = true;
        assertThat(lines(
                        "share '" + shared + "'",
                        "fetch " + ManifestsForTests.hashOf(fetched) + " -o " + folder.resolve("x") + " &",
                        "pause film.mkv",
                        "unshare $'film.mkv'"))
                .isZero();
        assertThat(cli.out())
                .contains("paused  " + ManifestsForTests.hashOf(fetched))
                .contains("unshared  " + ManifestsForTests.hashOf(shared));
    }

    @Test
    void suggestsACommandForAnUnknownOne() {
        assertThat(lines("shrae x")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no command \"shrae\"").contains("did you mean share");
    }

    @Test
    void leavesAtExitOrQuit() {
        assertThat(lines("quit", "nonsense")).isZero();
        cli = new Cli(folder);
        assertThat(lines("exit", "nonsense")).isZero();
    }

    @Test
    void refusesAnOpenQuote() {
        assertThat(lines("share 'half")).isEqualTo(2);
        assertThat(cli.err()).contains("a quote ' is not closed");
    }

    @Test
    void fetchesAndControlsFetches() {
        cli.stranger(film);
        assertThat(lines(
                        "fetch hash " + hash + " -o \"" + folder + "/new folder/\"",
                        "fetches",
                        "pause " + hash,
                        "cancel " + hash))
                .isZero();
        assertThat(cli.outLines())
                .containsExactly(
                        folder + "/new folder/my film.mkv",
                        hash + "  done  512 B / 1.0 KiB  100 B/s  1 peer  film.mkv  " + folder + "/new folder",
                        "paused  " + hash,
                        "cancelled  " + hash);
    }

    @Test
    void fetchesInTheBackground() {
        cli.stranger(film);
        assertThat(lines("fetch " + hash + " -o " + folder + "/copy &", "fetches"))
                .isZero();
        assertThat(cli.err()).contains("in the background").contains("saved " + folder + "/copy");
    }

    @Test
    void answersInJson() {
        cli.stranger(film);
        cli.stdin = String.join(
                "\n",
                "id",
                "peers",
                "stats",
                "connect 127.0.0.1:9",
                "find " + hash,
                "why " + hash,
                "share '" + film + "'",
                "shares",
                "export 'my film.mkv' x.torrent",
                "unshare 'my film.mkv'",
                "");
        assertThat(cli.run("--json")).isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .containsExactly(
                        "ready",
                        "node",
                        "peer",
                        "stats",
                        "peer",
                        "provider",
                        "phase",
                        "why",
                        "shared",
                        "share",
                        "exported",
                        "unshared");
        JsonNode stats = cli.json("stats");
        assertThat(stats.get("dropped").get(0).get("reason").asText()).isEqualTo("stale");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void tellsTablesInText() {
        cli.stranger(film);
        assertThat(lines("peers", "stats", "connect 127.0.0.1:9", "find " + hash))
                .isZero();
        assertThat(cli.out())
                .contains("  127.0.0.1:4747  dht  received 2.0 KiB  sent 1.0 KiB")
                .contains("uptime     1m01s")
                .contains("dropped    2  stale");
    }

    @Test
    void helpsInTheShell() {
        assertThat(lines("help", "help fetch", "share --help")).isZero();
        assertThat(cli.out())
                .contains("unshare")
                .contains("stats")
                .contains("--keep-sharing")
                .contains("--torrent");
    }

    @Test
    void endsAtSignals() {
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.INTERRUPT);
        assertThat(lines("share '" + film + "'", "version")).isEqualTo(130);
        cli = new Cli(folder);
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(lines("share '" + film + "'", "version")).isZero();
        assertThat(cli.out()).doesNotContain("cairn 0.1.0");
    }
}
