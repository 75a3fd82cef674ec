package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that starts becomes the node, and what other commands do goes on there. */
class ADaemonTakesOverTest {
    private static final long LARGE_BYTES = 24L << 20;

    @TempDir
    Path folder;

    private Terminals terminals;
    private CairnProcess provider;
    private Path film;
    private String hash;

    @BeforeEach
    void provide() throws IOException {
        terminals = new Terminals(folder);
        film = Content.random(folder.resolve("film.mkv"), LARGE_BYTES, 1);
        provider = terminals.start("provider", "share", film.toString(), "--limit-up", "256KiB", "--limit-lan");
        hash = provider.await("shared").path("hash").asText();
    }

    @AfterEach
    void end() throws IOException {
        terminals.close();
        terminals.run("here", "stop");
    }

    @Test
    void fromAFetchThatGoesOn() throws IOException {
        CairnProcess fetch = fetchUnderWay();
        CairnProcess detached = terminals.run("here", "daemon", "--detach");
        assertThat(detached.exitCode()).as(detached.transcript()).isZero();
        assertThat(fetch.isAlive()).as(fetch.transcript()).isTrue();
        assertThat(status().path("mode").asText()).isEqualTo("daemon");
        arrives(fetch);
        assertThat(fetch.said("phase")).as(fetch.transcript()).noneMatch(line -> isPhase(line, "stopped"));
    }

    @Test
    void fromAShareWhileOthersUseItsNode() throws IOException {
        Path own = Files.writeString(folder.resolve("own.txt"), "my own file");
        CairnProcess share = terminals.start("here", "share", own.toString(), "--bootstrap", provider.endpoint());
        share.await("shared");
        CairnProcess fetch = fetchUnderWay();
        CairnProcess other = terminals.start("here", "share", own.toString(), "--foreground");
        other.await("shared");
        CairnProcess daemon = terminals.startAsText("here", "daemon");
        daemon.awaitError(line -> line.contains("(share) runs the node of this data directory, and hands it over"));
        daemon.awaitError(line -> line.contains("listening"));
        assertThat(status().path("mode").asText()).isEqualTo("daemon");
        arrives(fetch);
        assertThat(share.isAlive()).as(share.transcript()).isTrue();
        assertThat(other.isAlive()).as(other.transcript()).isTrue();
        assertThat(terminals.run("here", "shares").said("share"))
                .extracting(line -> line.path("available").asBoolean())
                .containsOnly(true);
        share.signal("TERM");
        assertThat(share.exitCode()).as(share.transcript()).isZero();
    }

    @Test
    void notFromAnotherDaemon() throws IOException {
        CairnProcess one = terminals.start("here", "daemon");
        CairnProcess two = terminals.start("here", "daemon");
        CairnProcess second = one.endsBefore(two) ? one : two;
        CairnProcess first = second == one ? two : one;
        assertThat(second.exitCode()).as(second.transcript()).isEqualTo(2);
        first.await("ready");
        assertThat(second.await("error").path("why").asText())
                .contains("process " + status().path("pid").asLong() + " is the daemon of");
        CairnProcess detached = terminals.startAsText("here", "daemon", "--detach");
        assertThat(detached.exitCode()).as(detached.transcript()).isZero();
        assertThat(detached.errors()).contains("a daemon runs already");
    }

    @Test
    void notFromANodeOfAnotherNetwork() throws IOException {
        CairnProcess fetch = fetchUnderWay();
        CairnProcess daemon = terminals.run("here", "daemon", "--network", "another");
        assertThat(daemon.exitCode()).as(daemon.transcript()).isEqualTo(2);
        assertThat(daemon.await("error").path("why").asText()).contains("in the network public");
        assertThat(status().path("mode").asText()).isEqualTo("fetch");
        arrives(fetch);
    }

    @Test
    void notWhenItIsKilledOnTheWay() throws IOException {
        CairnProcess fetch = fetchUnderWay();
        CairnProcess daemon = terminals.startAsText("here", "daemon");
        daemon.awaitError(line -> line.contains("hands it over"));
        daemon.signal("KILL");
        arrives(fetch);
    }

    @Test
    void evenIfTheProcessThatHandsOverIsKilledOnTheWay() throws IOException {
        CairnProcess fetch = fetchUnderWay();
        CairnProcess follows = terminals.start("here", "fetch", hash, "-o", "fetched/");
        follows.await("progress");
        CairnProcess daemon = terminals.startAsText("here", "daemon");
        daemon.awaitError(line -> line.contains("hands it over"));
        fetch.signal("KILL");
        arrives(follows);
    }

    @Test
    void aFetchThatAnotherTerminalPausedStaysPaused() throws IOException {
        CairnProcess daemon = terminals.start("here", "daemon", "--bootstrap", provider.endpoint());
        daemon.await("ready");
        CairnProcess fetch = terminals.startAsText("here", "fetch", hash, "-o", "fetched/");
        fetch.awaitError(line -> line.contains("film.mkv"));
        CairnProcess pause = terminals.run("here", "pause", hash);
        assertThat(pause.exitCode()).as(pause.transcript()).isZero();
        daemon.signal("KILL");
        fetch.awaitError(line -> line.contains("this process runs the node now"));
        assertThat(state()).isEqualTo("paused");
        terminals.start("here", "daemon").await("ready");
        fetch.awaitError(line -> line.contains("(daemon) runs the node now"));
        assertThat(state()).isEqualTo("paused");
        assertThat(terminals.run("here", "resume", hash).exitCode()).isZero();
        arrives(fetch);
    }

    @Test
    void aProcessThatDoesNotAnswerIsNamed() throws IOException {
        CairnProcess daemon = terminals.start("here", "daemon");
        daemon.await("ready");
        String pid = status().path("pid").asText();
        daemon.signal("STOP");
        List<CairnProcess> all = List.of(
                terminals.start("here", "status"), terminals.start("here", "stop"), terminals.start("here", "daemon"));
        for (CairnProcess asks : all) {
            assertThat(asks.exitCode()).as(asks.transcript()).isEqualTo(4);
            JsonNode error = asks.await("error");
            assertThat(error.path("why").asText()).contains("process " + pid + " holds the data directory");
            assertThat(error.path("reason").asText()).isEqualTo("continue_or_end_the_process");
            assertThat(error.path("next").asText()).contains("kill -CONT " + pid);
        }
        daemon.signal("CONT");
        assertThat(terminals.run("here", "status").exitCode()).isZero();
        assertThat(terminals.run("here", "stop").exitCode()).isZero();
        assertThat(daemon.exitCode()).as(daemon.transcript()).isZero();
    }

    private CairnProcess fetchUnderWay() throws IOException {
        CairnProcess fetch =
                terminals.start("here", "fetch", hash, "-o", "fetched/", "--bootstrap", provider.endpoint());
        fetch.await("progress", line -> line.path("verifiedBytes").asLong() > 0);
        return fetch;
    }

    /** The provider sends slowly until here, so that a fetch is under way as long as a test needs. */
    private void arrives(CairnProcess fetch) throws IOException {
        CairnProcess faster = terminals.run("provider", "limit", "up", "off");
        assertThat(faster.exitCode()).as(faster.transcript()).isZero();
        assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
        assertThat(folder.resolve("here/fetched/film.mkv")).hasSameBinaryContentAs(film);
    }

    private JsonNode status() throws IOException {
        return terminals.run("here", "status").await("status");
    }

    private String state() throws IOException {
        return terminals.run("here", "fetches").await("fetch").path("state").asText();
    }

    private static boolean isPhase(JsonNode line, String phase) {
        return line.path("phase").asText().equals(phase);
    }
}
