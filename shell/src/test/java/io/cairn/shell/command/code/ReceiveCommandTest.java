package io.cairn.shell.command.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Codes;
import io.cairn.shell.Cli;
import io.cairn.shell.FakeNode;
import io.cairn.transfer.content.ShareOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiveCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private FakeNode sender;
    private Path film;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[1_000]);
        Path other = Files.write(folder.resolve("other"), new byte[10]);
        sender = cli.stranger(other);
    }

    private void send(List<Path> paths, @Nullable String text) {
        sender.codes.send(new Codes.Send(paths, ShareOptions.DEFAULT, text, 600, 1, List.of()));
    }

    @Test
    void whatWasSentIsFetchedAndTheSenderIsTold() throws IOException {
        send(List.of(film), null);
        Path copy = folder.resolve("copy.mkv");
        assertThat(cli.run("receive", "1-orbit-lamp", "--yes", "-o", copy.toString()))
                .isZero();
        assertThat(cli.outLines()).containsExactly(copy.toString());
        assertThat(copy).hasSameBinaryContentAs(film);
        assertThat(cli.node().codes.settled).containsEntry("ticket 1", Codes.Settlement.RECEIVED);
        assertThat(cli.err())
                .contains("which calls itself \"ann\\u{1b}[2J@laptop\"")
                .contains("maple tunnel")
                .contains("film.mkv  1000 B");
    }

    @Test
    void theSenderIsToldThatItCouldNotBeFetched() {
        send(List.of(film), null);
        cli.setup = node ->
                node.fetchFailure = new CairnException(CairnException.Kind.STALLED, "no", "it is so", "do otherwise");
        assertThat(cli.run("receive", "1-orbit-lamp", "--yes", "-o", folder + "/"))
                .isEqualTo(4);
        assertThat(cli.node().codes.settled).containsEntry("ticket 1", Codes.Settlement.STOPPED);
    }

    @Test
    void wordsMayBeSeparatedBySpaces() {
        send(List.of(), "the words");
        assertThat(cli.run("receive", "1", "orbit", "lamp", "-y")).isZero();
        assertThat(cli.out()).isEqualTo("the words");
    }

    @Test
    void severalSharesGoIntoAFolder() throws IOException {
        Path second = Files.write(folder.resolve("second.mkv"), new byte[2_000]);
        send(List.of(film, second), null);
        Path target = folder.resolve("both");
        assertThat(cli.run("receive", "1-orbit-lamp", "--yes", "-o", target.toString()))
                .isZero();
        assertThat(target.resolve("film.mkv")).hasSize(1_000);
        assertThat(target.resolve("second.mkv")).hasSize(2_000);
    }

    @Test
    void withoutATerminalAndWithoutYesNothingIsUsed() {
        send(List.of(film), null);
        assertThat(cli.run("receive", "1-orbit-lamp")).isEqualTo(2);
        assertThat(cli.world.nodes).containsExactly(sender);
        assertThat(cli.run("receive", "1-orbit-lamp", "--yes", "-o", folder.resolve("copy") + ""))
                .isZero();
    }

    @Test
    void aWrongCodeIsDeniedAndAnUnknownOneIsNotFound() {
        send(List.of(film), null);
        assertThat(cli.run("receive", "1-orbit-lake", "--yes")).isEqualTo(9);
        assertThat(cli.run("receive", "2-orbit-lamp", "--yes")).isEqualTo(3);
    }

    @Test
    void giftsAreListedWithoutATerminalAndTakenWithYes() {
        Codes.Person bob = new Codes.Person(sender.identity.nodeId(), "bob", "bob@desk", "");
        cli.setup = node -> node.codes.gifts.add(new Codes.Met("a", bob, List.of(), "a gift"));
        assertThat(cli.run("receive")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("bob (node ").contains("a text of 6 characters");
        assertThat(cli.run("receive", "--yes")).isZero();
        assertThat(cli.out()).isEqualTo("a gift");
        assertThat(cli.node().codes.settled).containsEntry("a", Codes.Settlement.RECEIVED);
    }
}
