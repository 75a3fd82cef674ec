package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue.Listing;
import io.cairn.app.FetchOptions;
import io.cairn.dht.id.Key;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;
    private String hash;
    private String into;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
        hash = ManifestsForTests.hashOf(film).toHex();
        into = folder.resolve("videos") + "/";
        cli.stranger(film);
    }

    @Test
    void takesWordsOfAListedName() {
        cli.setup = node -> node.catalogue.listed.add(new Listing(
                cli.world.nodes.get(0).identity.nodeId(),
                null,
                Key.fromHex(hash),
                "Holiday film",
                1,
                false,
                1,
                0,
                false));
        assertThat(cli.run("fetch", "film", "Holiday", "-o", into)).isZero();
        assertThat(cli.out()).isEqualTo(into + "film.mkv\n");
        assertThat(cli.run("fetch", "no", "such", "film", "-o", into)).isEqualTo(2);
        assertThat(cli.run("fetch", hash, hash, "-o", into)).isEqualTo(2);
        assertThat(cli.err()).contains("fetch takes one hash, not two");
    }

    @Test
    void printsThePathOnStdoutAndTheStagesOnStderr() {
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.out()).isEqualTo(into + "film.mkv\n");
        assertThat(cli.errLines())
                .containsExactly(
                        "lookup     asked 1 node, 0 providers",
                        "lookup     asked 4 nodes, 3 providers",
                        "manifest   film.mkv, 3 chunks, from "
                                + cli.world.nodes.get(0).identity.nodeId().toShortString(),
                        "warning    bad chunk 1 from "
                                + cli.world.nodes.get(0).identity.nodeId().toShortString()
                                + " at 127.0.0.1:4747, fetching it again",
                        "verified   3/3 chunks (SHA-1 and SHA-256)",
                        "saved      " + into + "film.mkv");
        assertThat(cli.node().closed).isTrue();
        assertThat(cli.node().asked.get(0).output().isFolder()).isTrue();
    }

    @Test
    void waitsAsLongAsToldHereOrInTheEnvironment() {
        cli.environment.put("CAIRN_STALL_TIMEOUT", "7");
        assertThat(cli.run("fetch", hash, "-o", into, "--lookup-timeout", "3")).isZero();
        assertThat(cli.node().asked.get(0).timeouts()).isEqualTo(new FetchOptions.Timeouts(3, 7));
        for (String wrong : List.of("0", "-1", "86401", "soon", "1.5", "")) {
            cli = new Cli(folder);
            assertThat(cli.run("fetch", hash, "--stall-timeout", wrong)).isEqualTo(2);
            assertThat(cli.err()).contains("cannot use stall-timeout").contains("1 to 86400");
        }
    }

    @Test
    void saysWhatWasThereAlready() throws IOException {
        Path there = Files.copy(
                film, Files.createDirectories(folder.resolve("videos")).resolve("film.mkv"));
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.out()).isEqualTo(there + "\n");
        assertThat(cli.errLines()).endsWith("there      " + there + " is this share already; nothing was fetched");
        cli = new Cli(folder);
        cli.stranger(film);
        assertThat(cli.run("--json", "fetch", hash, "-o", into)).isZero();
        assertThat(cli.json("complete").get("alreadyThere").asBoolean()).isTrue();
    }

    @Test
    void acceptsTheNounOfTheShell() {
        assertThat(cli.run("fetch", "hash", hash, "-o", into)).isZero();
    }

    @Test
    void drawsProgressOnlyOnATerminal() {
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.err()).doesNotContain("\r", "\u001b");
        Cli onTerminal = new Cli(folder);
        onTerminal.errTerminal = true;
        onTerminal.stranger(film);
        assertThat(onTerminal.run("fetch", hash, "-o", folder.resolve("other") + "/"))
                .isZero();
        assertThat(onTerminal.err()).contains("\r\u001b[J").contains(" 100%  585.9 KiB / 585.9 KiB  1.0 MiB/s  1 peer");
        assertThat(onTerminal.out()).doesNotContain("\u001b");
    }

    @Test
    void drawsNothingOnATerminalThatCannot() {
        cli.errTerminal = true;
        cli.environment.put("TERM", "dumb");
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.err()).doesNotContain("\r", "\u001b");
    }

    @Test
    void honoursNoColorAndColorAlways() {
        cli.environment.put("NO_COLOR", "1");
        cli.errTerminal = true;
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.err()).doesNotContain("\u001b[3");
        Cli coloured = new Cli(folder);
        coloured.stranger(film);
        assertThat(coloured.run("fetch", hash, "-o", folder.resolve("other") + "/", "--color", "always"))
                .isZero();
        assertThat(coloured.err()).contains("\u001b[32msaved");
    }

    @Test
    void tellsEveryEventInJson() {
        assertThat(cli.run("--json", "fetch", hash, "-o", into)).isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .containsExactly(
                        "ready",
                        "phase",
                        "phase",
                        "phase",
                        "peer",
                        "progress",
                        "chunk_bad",
                        "progress",
                        "phase",
                        "complete");
        assertThat(cli.json("phase").get("phase").asText()).isEqualTo("lookup");
        assertThat(cli.json("phase").get("asked").asInt()).isEqualTo(1);
        assertThat(cli.json("phase").get("answered").asInt()).isZero();
        assertThat(cli.json("phase").get("providers").asInt()).isZero();
        assertThat(cli.json("progress").get("verifiedBytes").asLong()).isEqualTo(300_000);
        assertThat(cli.json("progress").get("totalBytes").asLong()).isEqualTo(600_000);
        assertThat(cli.json("progress").get("peerCount").asInt()).isEqualTo(1);
        assertThat(cli.json("peer").get("state").asText()).isEqualTo("connected");
        assertThat(cli.json("chunk_bad").get("chunk").asInt()).isEqualTo(1);
        JsonNode complete = cli.json("complete");
        assertThat(complete.get("hash").asText()).isEqualTo(hash);
        assertThat(complete.get("path").asText()).isEqualTo(into + "film.mkv");
        assertThat(complete.get("size").asLong()).isEqualTo(600_000);
        assertThat(complete.get("millis").asLong()).isEqualTo(1234);
        assertThat(complete.get("badChunks").asInt()).isEqualTo(1);
        assertThat(complete.get("alreadyThere").asBoolean()).isFalse();
        JsonNode peer = complete.get("peers").get(0);
        assertThat(peer.get("endpoint").asText()).isEqualTo("127.0.0.1:4747");
        assertThat(peer.get("chunks").asInt()).isEqualTo(2);
        assertThat(peer.get("bytes").asLong()).isEqualTo(1024);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void namesThatTheFileSystemRefusesAreToldWithWhatStandsForThem() {
        Map<String, String> substituted = new LinkedHashMap<>();
        substituted.put("sub/a:b", "a%3Ab");
        substituted.put("aux.txt", "%61ux.txt");
        cli.setup = node -> node.substituted = substituted;
        assertThat(cli.run("--json", "fetch", hash, "-o", into)).isZero();
        JsonNode told = cli.json("complete").get("substituted");
        assertThat(told.findValuesAsText("path")).containsExactly("sub/a:b", "aux.txt");
        assertThat(told.findValuesAsText("name")).containsExactly("a%3Ab", "%61ux.txt");
    }

    @Test
    void theyAreToldInWordsToo() {
        cli.setup = node -> node.substituted = Map.of("sub/a:b", "a%3Ab");
        assertThat(cli.run("fetch", hash, "-o", into)).isZero();
        assertThat(cli.err()).contains("this file system cannot hold every name: sub/a:b is saved as a%3Ab");
    }

    @Test
    void noNamesAreToldWhereAllAreTheirOwn() {
        assertThat(cli.run("--json", "fetch", hash, "-o", into)).isZero();
        assertThat(cli.json("complete").get("substituted")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void endsWithTheCodeOfItsFailure(Kind kind) {
        cli.setup = node -> node.fetchFailure = new CairnException(kind, "no luck", "a reason\nof two lines", "try on");
        assertThat(cli.run("fetch", hash, "--json")).isEqualTo(kind.exitCode());
        JsonNode error = cli.json("error");
        assertThat(error.get("code").asInt()).isEqualTo(kind.exitCode());
        assertThat(error.get("kind").asText()).isEqualToIgnoringCase(kind.name());
        assertThat(error.get("what").asText()).isEqualTo("no luck");
        assertThat(error.get("why").asText()).isEqualTo("a reason\nof two lines");
        assertThat(error.get("next").asText()).isEqualTo("try on");
        assertThat(error.get("reason").asText()).isEqualTo("see_next");
        assertThat(error.get("facts")).isEmpty();
        assertThat(cli.errLines()).containsExactly("error: no luck", "why:   a reason\\nof two lines", "next:  try on");
    }

    @Test
    void stopsAndKeepsWhatIsThereAtCtrlC() {
        cli.setup = node -> {
            node.fetchHangs = true;
            node.whenFetching = () -> cli.stops.request(Stop.INTERRUPT);
        };
        assertThat(cli.run("fetch", hash)).isEqualTo(130);
        assertThat(cli.node().stopped).isTrue();
        assertThat(cli.node().closed).isTrue();
        assertThat(cli.err()).contains("error: stopped fetching film.mkv\n").contains("512 B");
    }

    @Test
    void aTargetWhoseNameIsNoUtf8IsRefused() {
        assertThat(cli.run("fetch", hash, "-o", folder + "/caf\ufffd.txt")).isEqualTo(2);
        assertThat(cli.errLines().get(1)).isEqualTo("why:   it is not valid UTF-8");
    }

    @Test
    void whatIsDoneBeforeItCouldBeStoppedIsSaidToBeSaved() {
        cli.setup = node -> {
            node.fetchHangs = true;
            node.doneWhenStopped = true;
            node.whenFetching = () -> cli.stops.request(Stop.INTERRUPT);
        };
        assertThat(cli.run("fetch", hash, "-o", into)).isEqualTo(130);
        assertThat(cli.outLines()).hasSize(1);
        assertThat(cli.err()).contains("saved ").doesNotContain("stopped fetching");
    }

    @Test
    void isNotDoneAtSigterm() {
        cli.setup = node -> {
            node.fetchHangs = true;
            node.whenFetching = () -> cli.stops.request(Stop.TERMINATE);
        };
        assertThat(cli.run("fetch", hash)).isEqualTo(143);
    }

    @Test
    void servesOnUntilItIsStopped() {
        cli.setup = node -> node.whenFetching = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("fetch", hash, "-o", into, "--keep-sharing")).isZero();
        assertThat(cli.outLines()).hasSize(1);
        assertThat(cli.node().asked.get(0).keepSharing()).isTrue();
    }

    @Test
    void aHashThatIsNoneIsAUsageError() {
        assertThat(cli.run("fetch", "nonsense")).isEqualTo(2);
        assertThat(cli.errLines()).hasSize(3);
    }

    @Test
    void saysWhyTheNodeDoesNotStart() {
        cli.startFailure = new CairnException(Kind.NETWORK, "cannot listen", "port 4747 is in use", "--port 0");
        assertThat(cli.run("fetch", hash)).isEqualTo(5);
        assertThat(cli.errLines())
                .containsExactly("error: cannot listen", "why:   port 4747 is in use", "next:  --port 0");
    }
}
