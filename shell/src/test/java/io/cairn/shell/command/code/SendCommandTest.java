package io.cairn.shell.command.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes;
import io.cairn.shell.Cli;
import io.cairn.shell.FakeNode;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[1_000]);
        cli.setup = node -> node.codes.whenReady = () -> used(node);
    }

    private void used(FakeNode node) {
        node.codes.meet("1-orbit-lamp").join();
    }

    @Test
    void stdoutHasTheCodeAlone() {
        assertThat(cli.run("send", film.toString())).isZero();
        assertThat(cli.outLines()).containsExactly("1-orbit-lamp");
        assertThat(cli.err())
                .contains("on the other machine: cairn receive 1-orbit-lamp")
                .contains("good for 1 receiver and 10m00s")
                .contains("maple tunnel");
    }

    @Test
    void aClaimIsMarkedAsOneAndCannotControlTheTerminal() {
        cli.run("send", film.toString());
        assertThat(cli.err())
                .contains("which calls itself \"ann\\u{1b}[2J@laptop\"")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void jsonSaysTheCodeAndWhenItExpires() {
        assertThat(cli.run("send", "--json", film.toString())).isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .containsExactly("ready", "code", "taken", "sent");
        assertThat(cli.json("code").get("code").asText()).isEqualTo("1-orbit-lamp");
        assertThat(cli.json("code").get("expiresAt").asText()).isEqualTo("2026-11-30T02:46:03.527Z");
        assertThat(cli.json("sent").get("end").asText()).isEqualTo("used");
    }

    @Test
    void aTextIsFromTheCommandLineOrStdin() {
        assertThat(cli.run("send", "--text", "some words", "--for", "90s", "--times", "2"))
                .isZero();
        assertThat(cli.node().codes.sent.get(0).text()).isEqualTo("some words");
        assertThat(cli.node().codes.sent.get(0).seconds()).isEqualTo(90);
        assertThat(cli.node().codes.sent.get(0).times()).isEqualTo(2);
        cli.stdin = "from a pipe\n";
        cli.world.nodes.clear();
        cli.setup = node -> cli.stops.request(Stop.INTERRUPT);
        cli.run("send", "--text", "-");
        assertThat(cli.node().codes.sent.get(0).text()).isEqualTo("from a pipe\n");
    }

    @Test
    void whatCannotBeSentIsRefused() {
        assertThat(cli.run("send")).isEqualTo(2);
        assertThat(cli.run("send", "--text", "a", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", "--for", "2d", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", "--for", "25h", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", "--times", "0", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(cli.world.nodes).isEmpty();
    }

    @Test
    void ctrlCWithdrawsTheCode() {
        cli.setup = node -> node.codes.whenReady = () -> cli.stops.request(Stop.INTERRUPT);
        assertThat(cli.run("send", film.toString())).isEqualTo(130);
        assertThat(cli.err()).contains("withdrew the code 1-orbit-lamp");
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINED", "SILENT"})
    void whatNobodyTookIsNotSent(Codes.End end) {
        cli.setup = node -> {
            node.codes.end = end;
            node.codes.whenReady = () -> used(node);
        };
        assertThat(cli.run("send", film.toString())).isEqualTo(1);
        assertThat(cli.err()).contains("not sent under the code 1-orbit-lamp").contains("ask the receiver");
    }

    @Test
    void aContactNeedsNoCode() {
        assertThat(cli.run("send", "--to", "ann", "--text", "hello")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.node().codes.sent.get(0).to()).containsExactly("ann");
        assertThat(cli.err()).contains("sent");
    }
}
