package io.cairn.shell.command.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Stand;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import io.cairn.shell.FakeNode;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(cli.run("send", "--for", "0", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", "--for", "99d", film.toString())).isEqualTo(2);
        assertThat(cli.run("send", "--text", "")).isEqualTo(2);
        assertThat(cli.run("send", "--text", "-")).isEqualTo(2);
        assertThat(cli.run("send", "--text", "a".repeat(Codes.TEXT_BYTES_MAX + 1)))
                .isEqualTo(2);
        assertThat(cli.run("send", "--to", "ann", "--times", "2", film.toString()))
                .isEqualTo(2);
        assertThat(cli.run("send", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(cli.world.nodes).isEmpty();
    }

    @Test
    void twoThingsOfTheSameNameAreRefused() throws IOException {
        Path other = Files.write(Files.createDirectories(folder.resolve("sub")).resolve("film.mkv"), new byte[10]);
        assertThat(cli.run("send", film.toString(), other.toString())).isEqualTo(2);
        assertThat(cli.err()).contains("both are called film.mkv");
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
    void contactsAndGroupsNeedNoCode() {
        assertThat(cli.run("send", "--to", "ann", "--to", "lab", "--text", "hello"))
                .isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.node().codes.sent.get(0).to()).containsExactly("ann", "lab");
        assertThat(cli.node().codes.sent.get(0).seconds()).isEqualTo(Codes.TO_SECONDS);
        assertThat(cli.err()).contains("sent");
    }

    private static Person named(String who) {
        return new Person(NodeId.random(new Random(who.hashCode())), who, "", "");
    }

    private void gives(Sent sent, Recipient... changes) {
        cli.setup = node -> node.codes.gives = given -> {
            for (Recipient change : changes) {
                given.events().accept(new SendEvent.Changed(change));
            }
            given.end().complete(sent);
        };
    }

    @Test
    void itSaysWhoHasItAndWhoHasNot() {
        Recipient away = new Recipient(named("carl"), Stand.UNREACHABLE);
        gives(
                new Sent(Codes.End.EXPIRED, List.of(named("ann")), List.of(away)),
                new Recipient(named("ann"), Stand.TOLD),
                away,
                new Recipient(named("ann"), Stand.RECEIVED));
        assertThat(cli.run("send", "--to", "lab", "--for", "1h", film.toString()))
                .isEqualTo(3);
        assertThat(cli.err())
                .contains("told       ann (node ")
                .contains("away       carl (node ")
                .contains("has it     ann (node ")
                .contains("sent to 1 of 2 receivers")
                .contains("not sent to carl")
                .contains("carl could not be reached");
        assertThat(cli.run("send", "--json", "--to", "lab", film.toString())).isEqualTo(3);
        assertThat(cli.json("recipient").get("state").asText()).isEqualTo("told");
        assertThat(cli.json("sent").get("lacking").get(0).get("state").asText()).isEqualTo("unreachable");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 9", "TOLD, 3", "STOPPED, 3", "DECLINED, 1"})
    void whoDoesNotHaveItDecidesTheExitCode(Stand stand, int code) {
        gives(new Sent(Codes.End.USED, List.of(), List.of(new Recipient(named("carl"), stand))));
        assertThat(cli.run("send", "--to", "carl", film.toString())).isEqualTo(code);
        assertThat(cli.err()).contains("not sent to carl").contains("carl ");
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, 'ann, carl take nothing from this node'",
        "TOLD, 'ann, carl were told, and have not said that they have it'",
        "GONE, 'ann, carl stopped before they had everything'"
    })
    void severalDoNotHaveIt(Stand stand, String why) {
        gives(new Sent(
                Codes.End.EXPIRED,
                List.of(),
                List.of(new Recipient(named("ann"), stand), new Recipient(named("carl"), stand))));
        assertThat(cli.run("send", "--to", "lab", film.toString())).isPositive();
        assertThat(cli.err()).contains(why);
    }

    @Test
    void ctrlCSaysWhoIsCutOff() {
        cli.setup = node -> node.codes.gives = given -> {
            given.events().accept(new SendEvent.Changed(new Recipient(named("ann"), Stand.TOLD)));
            cli.stops.request(Stop.INTERRUPT);
        };
        assertThat(cli.run("send", "--to", "ann", film.toString())).isEqualTo(130);
        assertThat(cli.err()).contains("stopped sending to ann").contains("before ann had everything");
    }
}
