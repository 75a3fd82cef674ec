package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Version;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "share",
                "fetch",
                "verify",
                "verify onlyone",
                "fetch 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "nonsense",
                "--nonsense",
                "share --nonsense x",
                "daemon --port many",
                "daemon --port 70000",
                "daemon --port -1",
                "daemon --port",
                "daemon --bind nowhere.invalid",
                "daemon --bootstrap here",
                "daemon --bootstrap here:0",
                "daemon --color sometimes",
                "daemon --config /does/not/exist",
                "daemon --network-key-file /does/not/exist",
                "fetch -b 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "daemon extra"
            })
    void aMistakeIsThreeLinesAndCodeTwo(String line) {
        assertThat(cli.run(line.split(" "))).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.errLines().get(0)).startsWith("error: ");
        assertThat(cli.errLines().get(1)).startsWith("why:   ");
        assertThat(cli.errLines().get(2)).startsWith("next:  ");
        assertThat(cli.world.nodes).isEmpty();
    }

    @Test
    void aMistakeIsAnObjectWithJson() {
        assertThat(cli.run("share", "--json")).isEqualTo(2);
        assertThat(cli.json("error").get("code").asInt()).isEqualTo(2);
        assertThat(cli.json("error").get("kind").asText()).isEqualTo("usage");
    }

    @Test
    void aReasonAndItsFactsAreFieldsOfTheObject() {
        assertThat(cli.run("daemon", "--port", "many", "--json")).isEqualTo(2);
        assertThat(cli.json("error"))
                .hasToString(
                        "{\"type\":\"error\",\"code\":2,\"kind\":\"usage\",\"what\":\"cannot use port \\\"many\\\"\","
                                + "\"why\":\"a port is a number from 0 to 65535\","
                                + "\"next\":\"correct --port, CAIRN_PORT or the configuration file; see cairn --help\","
                                + "\"reason\":\"correct_the_setting\","
                                + "\"facts\":{\"option\":\"port\",\"value\":\"many\",\"variable\":\"CAIRN_PORT\"}}");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(cli.run("shrae", "x")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no command \"shrae\"").contains("did you mean share");
    }

    @Test
    void saysItsVersionAndHelp() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).isEqualTo("cairn 0.1.0\n");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "share --help", "fetch -h", "verify --help", "daemon --help", "demo --help"})
    void helpsOnStdout(String line) {
        assertThat(cli.run(line.split(" "))).isZero();
        assertThat(cli.out()).contains("Usage: cairn").contains("--data-dir").doesNotContain("train", "\u001b");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help"})
    void theFirstPageIsOneScreenWithExamplesFirst(String line) {
        assertThat(cli.run(line)).isZero();
        assertThat(cli.outLines()).hasSizeLessThanOrEqualTo(24).allMatch(text -> text.length() <= 80);
        assertThat(cli.out().indexOf("cairn share film.mkv"))
                .isBetween(1, cli.out().indexOf("Commands"));
        assertThat(cli.world.nodes).isEmpty();
    }

    @Test
    void theHelpOfTheShellIsOneScreenWithExamplesFirst() {
        cli.stdin = "help\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.outLines()).hasSizeLessThanOrEqualTo(24).allMatch(text -> text.length() <= 80);
        assertThat(cli.outLines().get(0)).isEqualTo("Examples:");
        assertThat(cli.out())
                .containsPattern("\\sunshare\\s[\\s\\S]*\\speers\\s")
                .doesNotContain("<main class>");
    }

    @Test
    void aVerbShowsItsOwnOptionsAndPointsToTheCommonOnes() {
        assertThat(cli.run("help", "fetch")).isZero();
        assertThat(cli.out()).contains("--sequential", "cairn help options").doesNotContain("--limit-up");
        Cli other = new Cli(folder);
        assertThat(other.run("help", "options")).isZero();
        assertThat(other.out()).contains("--limit-up", "--data-dir=DIR", "--json");
    }

    @Test
    void helpIsObjectsWithJson() {
        assertThat(cli.run("help", "--json")).isZero();
        assertThat(cli.json())
                .hasSizeGreaterThan(6)
                .allMatch(object -> object.get("type").asText().equals("command"));
        assertThat(cli.json("command").get("name").asText()).isEqualTo("share");
        assertThat(cli.json("command").get("options").get(0).get("names").get(0).asText())
                .startsWith("--");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + Version.NUMBER + "</version>");
    }

    @Test
    void aDaemonEndsWellAtSigtermAndWith130AtCtrlC() {
        cli.setup = node -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("daemon")).isZero();
        assertThat(cli.out()).isEmpty();
        Cli other = new Cli(folder);
        other.setup = node -> other.stops.request(Stop.INTERRUPT);
        assertThat(other.run("daemon", "--json")).isEqualTo(130);
        assertThat(other.json("ready").get("port").asInt()).isEqualTo(4747);
    }

    @Test
    void endsQuietlyWhenNobodyReadsStdout() throws IOException {
        Path film = Files.write(folder.resolve("film.mkv"), new byte[10]);
        cli.stdout = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(cli.run("share", film.toString())).isEqualTo(141);
        assertThat(cli.err()).doesNotContain("error", "Exception");
    }

    @Test
    void aSecondCtrlCEndsAtOnce() {
        cli.stops.request(Stop.INTERRUPT);
        cli.stops.request(Stop.INTERRUPT);
        assertThat(cli.halted).containsExactly(130);
    }
}
