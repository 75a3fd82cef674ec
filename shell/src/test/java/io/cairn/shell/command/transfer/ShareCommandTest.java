package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
    }

    @Test
    void printsExactlyOneLineAPathOnStdout() {
        assertThat(cli.run("share", film.toString())).isZero();
        assertThat(cli.out()).isEqualTo(ManifestsForTests.hashOf(film) + "  film.mkv\n");
        assertThat(cli.err())
                .contains("shared  film.mkv  585.9 KiB  3 chunks  stored on 4/4 nodes\n")
                .contains("link    magnet:?xt=urn:btih:" + ManifestsForTests.hashOf(film));
        assertThat(cli.node().closed).isTrue();
    }

    @Test
    void saysToWhomItIsListed() {
        assertThat(cli.run("share", "--listed", film.toString())).isZero();
        assertThat(cli.err()).contains("\nlisted  for every node that asks\n");
        cli = new Cli(folder);
        prepareStop();
        assertThat(cli.run("share", "--unlisted", film.toString())).isZero();
        assertThat(cli.err()).contains("\nno longer listed\n");
        cli = new Cli(folder);
        prepareStop();
        assertThat(cli.run("share", film.toString())).isZero();
        assertThat(cli.err()).doesNotContain("listed");
        cli = new Cli(folder);
        assertThat(cli.run("share", "--unlisted", "--listed", film.toString())).isEqualTo(2);
    }

    @Test
    void quotesTheLinkOnATerminalAlone() {
        cli.errTerminal = true;
        assertThat(cli.run("share", "--color=never", film.toString())).isZero();
        assertThat(cli.errLines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("link    'magnet:?xt=urn:btih:" + ManifestsForTests.hashOf(film))
                        .endsWith("'"));
    }

    @Test
    void servesSeveralPathsInTheirOrder() throws IOException {
        Path second = Files.write(folder.resolve("a b.txt"), new byte[1]);
        cli.setup = node -> node.whenShared = () -> {
            if (node.shared.size() == 2) {
                cli.stops.request(Stop.INTERRUPT);
            }
        };
        assertThat(cli.run("share", film.toString(), second.toString())).isEqualTo(130);
        assertThat(cli.outLines())
                .containsExactly(
                        ManifestsForTests.hashOf(film) + "  film.mkv", ManifestsForTests.hashOf(second) + "  a b.txt");
    }

    @Test
    void keepsANameWithALineFeedOnOneLine() throws IOException {
        Path odd = Files.write(folder.resolve("two\nlines\u001b[31m"), new byte[1]);
        assertThat(cli.run("share", odd.toString())).isZero();
        assertThat(cli.outLines()).containsExactly(ManifestsForTests.hashOf(odd) + "  two\\nlines\\u{1b}[31m");
    }

    @Test
    void tellsReadyAndSharedInJson() {
        assertThat(cli.run("share", "--json", film.toString())).isZero();
        assertThat(cli.json()).extracting(object -> object.get("type").asText()).containsExactly("ready", "shared");
        JsonNode ready = cli.json("ready");
        assertThat(ready.get("node").asText())
                .isEqualTo(cli.node().identity.nodeId().toHex());
        assertThat(ready.get("port").asInt()).isEqualTo(4747);
        JsonNode shared = cli.json("shared");
        assertThat(shared.get("hash").asText())
                .isEqualTo(ManifestsForTests.hashOf(film).toHex());
        assertThat(shared.get("link").asText()).startsWith("magnet:?xt=urn:btih:");
        assertThat(shared.get("name").asText()).isEqualTo("film.mkv");
        assertThat(shared.get("size").asLong()).isEqualTo(600_000);
        assertThat(shared.get("chunks").asInt()).isEqualTo(3);
        assertThat(shared.get("storedOn").asInt()).isEqualTo(4);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void checksAllPathsBeforeItSharesOne() {
        assertThat(cli.run("share", film.toString(), folder.resolve("missing").toString()))
                .isEqualTo(1);
        assertThat(cli.world.nodes).isEmpty();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.errLines().get(0)).startsWith("error: cannot share").endsWith("missing");
        assertThat(cli.errLines().get(1)).isEqualTo("why:   there is no such file or folder");
        assertThat(cli.errLines().get(2)).startsWith("next:  ");
    }

    @Test
    void tellsWhatIsLeftOutAndWhatNotEverySystemCanHold() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("odd"));
        Files.createSymbolicLink(odd.resolve("out"), Path.of("/"));
        Files.createSymbolicLink(odd.resolve("gone"), Path.of("nothing"));
        Files.write(odd.resolve("a:b"), new byte[1]);
        assertThat(cli.run("share", odd.toString())).isZero();
        assertThat(cli.err())
                .contains("left out: gone (a symbolic link that leads to nothing) and 1 more; --strict refuses instead")
                .contains("not every system can hold: a:b (Windows cannot hold");
        cli = new Cli(folder);
        prepareStop();
        assertThat(cli.run("share", "--json", odd.toString(), "--exclude", "out"))
                .isZero();
        JsonNode shared = cli.json("shared");
        assertThat(shared.get("leftOut")).hasSize(1);
        assertThat(shared.get("leftOut").get(0).get("path").asText()).isEqualTo("gone");
        assertThat(shared.get("leftOutCount").asInt()).isEqualTo(1);
        assertThat(shared.get("excluded").asInt()).isEqualTo(1);
        assertThat(shared.get("unportable").get(0).get("path").asText()).isEqualTo("a:b");
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        assertThat(cli.run("share", film.toString(), "--strict", "--skip-unreadable"))
                .isEqualTo(2);
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.run("share", film.toString(), "--exclude", "")).isEqualTo(2);
    }

    @Test
    void aNameThatBeginsWithAnAtSignIsAFileAndNoListOfWords() throws IOException {
        Path list = Files.write(folder.resolve("@list"), List.of("--help"));
        assertThat(cli.run("share", list.toString())).isZero();
        assertThat(cli.outLines()).containsExactly(ManifestsForTests.hashOf(list) + "  @list");
    }

    @Test
    void saysThatANameIsNoUtf8() {
        assertThat(cli.run("share", folder + "/caf\ufffd.txt")).isEqualTo(1);
        assertThat(cli.errLines().get(1)).contains("not valid UTF-8");
    }

    @Test
    void saysThatALinkLeadsToNothing() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("current"), Path.of("gone"));
        assertThat(cli.run("share", link.toString())).isEqualTo(1);
        assertThat(cli.errLines().get(1)).isEqualTo("why:   it is a symbolic link that leads to nothing");
    }

    @Test
    void saysWhyNothingIsFoundAtAPath() throws IOException {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThat(cli.run("share", loop.toString())).isEqualTo(1);
        assertThat(cli.errLines().get(1)).isEqualTo("why:   it is a symbolic link that leads to itself");
    }

    @Test
    void saysThatAPathLeadsThroughAFile() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        assertThat(cli.run("share", file + "/below")).isEqualTo(1);
        assertThat(cli.errLines().get(1)).containsIgnoringCase("not a directory");
    }

    private void prepareStop() {
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
    }

    @Test
    void isQuietWhenAskedTo() {
        assertThat(cli.run("-q", "share", film.toString())).isZero();
        assertThat(cli.outLines()).hasSize(1);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void writesATorrent() {
        assertThat(cli.run("share", "--torrent", "film.torrent", film.toString()))
                .isZero();
        assertThat(cli.err()).contains("torrent    film.torrent");
        assertThat(cli.outLines()).hasSize(1);
    }

    @Test
    void passesTheNodeOptionsOn() {
        assertThat(cli.run(
                        "share",
                        film.toString(),
                        "--port",
                        "5000",
                        "--bind",
                        "127.0.0.1",
                        "--bootstrap",
                        "127.0.0.1:4747",
                        "--bootstrap",
                        "example.org:1",
                        "--network",
                        "test",
                        "--no-lan",
                        "--data-dir",
                        "/data"))
                .isZero();
        assertThat(cli.node().config.port()).isEqualTo(5000);
        assertThat(cli.node().config.portChosen()).isTrue();
        assertThat(cli.node().config.bind()).hasSize(1);
        assertThat(cli.node().config.bootstrap()).containsExactly("127.0.0.1:4747", "example.org:1");
        assertThat(cli.node().config.network()).isEqualTo("test");
        assertThat(cli.node().config.lan()).isFalse();
        assertThat(cli.node().config.dataDirectory()).isEqualTo(Path.of("/data"));
    }
}
