package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Catalogue.Listing;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node.Share;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import io.cairn.shell.FakeCatalogue;
import io.cairn.shell.FakeNode;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import io.cairn.transfer.content.ShareOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a text means several shares, the user chooses at a terminal, and is refused elsewhere. */
class OneOfSeveralIsChosenTest {
    private static final String EVIL = "film\u001b[2J";

    @TempDir
    Path folder;

    private Cli cli;
    private Path film;
    private Key hash;
    private String into;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
        hash = ManifestsForTests.hashOf(film);
        into = folder.resolve("videos") + "/";
        cli.stranger(film);
        cli.environment.put("NO_COLOR", "1");
        atATerminal(true);
        lists(1);
    }

    @Test
    void aListedShareIsChosenByItsNumberWithWhatItsNodesSayOfIt() {
        cli.stdin = " 2 \n";
        assertThat(cli.run("fetch", "film", "-o", into)).isZero();
        assertThat(cli.out()).isEqualTo(into + "film.mkv\n");
        assertThat(cli.err())
                .contains("2 listed shares have such a name:\n")
                .containsPattern("NR +HASH +SIZE +NAME +OF\n")
                .containsPattern(" 2 +" + hash.toHex().substring(0, 8) + " +585.9 KiB +Holiday film +bob and 1 more\n")
                .contains("Which one? [1-2] ")
                .contains("film\\u{1b}[2J")
                .doesNotContain(EVIL);
        assertThat(cli.node().asked)
                .extracting(FetchOptions::target)
                .containsExactly(new FetchTarget(
                        hash, "Holiday film", 600_000, List.of(FakeCatalogue.HINT), FakeCatalogue.SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0\n", "3\n", "-1\n", "1 2\n", "all\n", "99999999999\n", "\u0662\n"})
    void anotherAnswerIsRefusedAndChangesNothing(String answer) {
        cli.stdin = answer;
        assertThat(cli.run("fetch", "film", "-o", into)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.node().asked).isEmpty();
        assertThat(cli.err())
                .contains("error: ambiguous: film\n")
                .contains(answer.isBlank() ? "why:   no number was entered" : "is not a number from 1 to 2")
                .contains("next:  give one of the hashes: ");
    }

    @Test
    void ctrlCEndsTheQuestion() {
        cli.in = new InputStream() {
            @Override
            public int read() {
                cli.stops.request(Stop.INTERRUPT);
                return new CompletableFuture<Integer>().join();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        assertThat(cli.run("fetch", "film", "-o", into)).isEqualTo(130);
        assertThat(cli.node().asked).isEmpty();
        assertThat(cli.node().closed).isTrue();
        assertThat(cli.err()).doesNotContain("error:");
    }

    @Test
    void nobodyIsAskedWithoutATerminalOrForAProgram() {
        cli.stdin = "2\n";
        atATerminal(false);
        assertNobodyIsAsked();
        atATerminal(true);
        cli.inTerminal = false;
        assertNobodyIsAsked();
        atATerminal(true);
        cli.errTerminal = false;
        assertNobodyIsAsked();
        atATerminal(true);
        assertNobodyIsAsked("--json");
        assertThat(cli.json("error").get("facts").get("candidates").asText()).endsWith(" " + hash);
        assertThat(cli.json("error").get("facts").get("candidateCount").asInt()).isEqualTo(2);
        assertNobodyIsAsked("-q");
    }

    @Test
    void aLongListIsCutAndSaysSo() {
        lists(11);
        cli.stdin = "9\n";
        assertThat(cli.run("fetch", "film", "-o", into)).isEqualTo(2);
        assertThat(cli.err())
                .contains("12 listed shares have such a name:\n")
                .contains("and 4 more, not shown here\n")
                .contains("Which one? [1-8] ");
    }

    @Test
    void aShareHereIsChosenWhateverTheCommand() throws IOException {
        Path other = Files.write(Files.createDirectory(folder.resolve("other")).resolve("film.mkv"), new byte[10]);
        cli.setup = node -> List.of(film, other).forEach(path -> share(node, path));
        Key second = ManifestsForTests.hashOf(other);
        cli.stdin = "2\n";
        assertThat(cli.run("audience", "film.mkv")).isZero();
        assertThat(cli.run("unshare", "film.mkv")).isZero();
        assertThat(cli.node().shared).extracting(Share::hash).containsExactly(hash);
        assertThat(cli.run("fetch", "film.mkv", "-o", into)).isZero();
        assertThat(cli.node().asked).extracting(asked -> asked.target().hash()).containsExactly(second);
        assertThat(cli.outLines()).element(0).asString().startsWith(second + "  film.mkv  for ");
        assertThat(cli.outLines()).element(1).isEqualTo("unshared  " + second + "  film.mkv");
        assertThat(cli.err())
                .contains("2 shares or fetches match:\n")
                .containsPattern("NR +HASH +SIZE +NAME +KIND\n")
                .containsPattern(" 2 +" + second.toHex().substring(0, 8) + " +10 B +film.mkv +share\n");
        cli.stdin = "\n";
        assertThat(cli.run("unshare", "film.mkv")).isEqualTo(2);
        assertThat(cli.node().shared).hasSize(2);
    }

    private static void share(FakeNode node, Path path) {
        var unused = node.share(path, ShareOptions.DEFAULT, null).completion().join();
    }

    private void assertNobodyIsAsked(String... options) {
        int before = cli.err().length();
        String[] words = {"fetch", "film", "-o", into};
        String[] all =
                Stream.concat(Arrays.stream(words), Arrays.stream(options)).toArray(String[]::new);
        assertThat(cli.run(all)).isEqualTo(2);
        assertThat(cli.err().substring(before))
                .contains("error: ambiguous: film")
                .doesNotContain("Which one?");
        assertThat(cli.node().asked).isEmpty();
    }

    private void atATerminal(boolean is) {
        cli.inTerminal = is;
        cli.errTerminal = is;
    }

    /** Others list the film, after a number of shares with similar names. */
    private void lists(int more) {
        NodeId other = cli.world.nodes.get(0).identity.nodeId();
        cli.setup = node -> {
            for (int i = 0; i < more; i++) {
                Key key = Key.ofContent(new byte[] {(byte) i});
                node.catalogue.listed.add(new Listing(other, null, key, EVIL, 1, false, 1, 0, false));
            }
            node.catalogue.listed.add(new Listing(other, "bob", hash, "Holiday film", 600_000, false, 1, 0, false));
        };
    }
}
