package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node.Share;
import io.cairn.shell.session.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node claims only what it has just seen: it serves only if it offers a share, and calls only peers on its networks LAN peers. */
@Timeout(60)
class ClaimsAreOfWhatWasSeenTest {
    @TempDir
    private Path folder;

    private Cli cli;
    private Path film;

    @BeforeEach
    void prepare() throws Exception {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[1_000]);
    }

    @Test
    void servingIsSaidWhereSomethingIsOffered() throws Exception {
        assertThat(saidWhileServing("serving until Ctrl-C")).contains("serving until Ctrl-C\n");
    }

    @Test
    void servingIsNotSaidWhereNothingIsOffered() throws Exception {
        cli.setup = node -> node.whenShared = () -> node.shared.replaceAll(share -> new Share(
                share.hash(), share.name(), share.path(), share.size(), share.chunks(), false, share.uploadedBytes()));
        assertThat(saidWhileServing("waiting until Ctrl-C"))
                .contains("nothing is offered")
                .doesNotContain("serving");
    }

    @Test
    void whoIsAloneHasNotJoined() {
        cli.stdin = "exit\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.err()).contains("not joined yet").doesNotContain("joined: ");
    }

    @Test
    void aPeerOnThisMachineIsNotOnTheLan() {
        cli.stranger(film);
        cli.stdin = "exit\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.err()).contains("joined: 1 peer\n");
    }

    @Test
    void whatStaysPausedIsNotSaidToBeTakenUp() {
        FetchTarget target = new FetchTarget(ManifestsForTests.hashOf(film), "", -1, List.of());
        cli.setup = node -> node.unfinished.add(
                FetchOptions.to(target, folder.resolve("copy")).build());
        cli.stdin = "exit\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.err()).contains("1 fetch stays paused; fetches shows").doesNotContain("resuming");
    }

    private String saidWhileServing(String last) throws Exception {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> cli.run("share", film.toString()));
        while (!cli.err().contains(last) && !code.isDone()) {
            Thread.onSpinWait();
        }
        cli.stops.request(Stop.TERMINATE);
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        return cli.err();
    }
}
