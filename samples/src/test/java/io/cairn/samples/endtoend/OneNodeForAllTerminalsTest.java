package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands on one data directory use one node, and go on when the process that runs it ends. */
class OneNodeForAllTerminalsTest {
    private static final long LARGE_BYTES = 96L << 20;

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
        provider = cairn("provider", "share", film.toString(), "--limit-up", "24MiB", "--limit-lan");
        hash = provider.await("shared").path("hash").asText();
    }

    @AfterEach
    void end() throws IOException {
        terminals.close();
        run("here", "stop");
    }

    @Test
    void aDaemonServesCommandsUntilItIsStopped() throws IOException {
        assertThat(run("here", "status").exitCode()).isEqualTo(1);
        CairnProcess detached = run(
                "here",
                "daemon",
                "--detach",
                "--bootstrap",
                provider.endpoint(),
                "--fetches-at-once",
                "2",
                "--bind",
                "127.0.0.1",
                "--limit-lan");
        assertThat(detached.exitCode()).as(detached.transcript()).isZero();
        JsonNode status = run("here", "status").await("status");
        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(status.path("mode").asText()).isEqualTo("daemon");

        Path own = Files.writeString(folder.resolve("own.txt"), "my own file");
        CairnProcess share = run("here", "share", own.toString());
        assertThat(share.exitCode()).as(share.transcript()).isZero();
        assertThat(run("here", "shares").await("share").path("available").asBoolean())
                .isTrue();

        CairnProcess fetch = run("here", "fetch", hash, "-o", "fetched/", "--detach");
        assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
        CairnProcess follow = run("here", "fetch", hash, "-o", "fetched/");
        assertThat(follow.exitCode()).as(follow.transcript()).isZero();
        assertThat(folder.resolve("here/fetched/film.mkv")).hasSameBinaryContentAs(film);

        CairnProcess contradicts = run("here", "shares", "--network", "another");
        assertThat(contradicts.exitCode()).as(contradicts.transcript()).isEqualTo(2);
        CairnProcess same = run("here", "shares", "--bind", "127.0.0.1");
        assertThat(same.exitCode()).as(same.transcript()).isZero();
        CairnProcess limited = run("here", "shares", "--limit-down", "1MiB");
        assertThat(limited.await("error").path("what").asText()).contains("--limit-down");

        CairnProcess stop = run("here", "stop");
        assertThat(stop.exitCode()).as(stop.transcript()).isZero();
        assertThat(run("here", "status").exitCode()).isEqualTo(1);
        assertThat(run("here", "stop").exitCode()).isZero();
        JsonNode stored = run("here", "shares").await("share");
        assertThat(stored.path("name").asText()).isEqualTo("own.txt");
        assertThat(stored.path("available").asBoolean()).isFalse();
    }

    @Test
    void detachingNeedsADaemon() throws IOException {
        CairnProcess fetch = run("here", "fetch", hash, "--detach");
        assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(2);
        assertThat(fetch.await("error").path("next").asText()).contains("cairn daemon --detach");
    }

    @Test
    void aFetchGoesOnWhenTheProcessThatRanTheNodeIsKilled() throws IOException {
        Path own = Files.writeString(folder.resolve("own.txt"), "my own file");
        CairnProcess first = cairn("here", "share", own.toString(), "--bootstrap", provider.endpoint());
        first.await("shared");
        CairnProcess fetch = cairn("here", "fetch", hash, "-o", "fetched/");
        CairnProcess waiting = cairn("here", "share", own.toString());
        waiting.await("shared");
        fetch.await("progress", line -> line.path("verifiedBytes").asLong() > LARGE_BYTES / 10);
        first.signal("KILL");
        assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
        assertThat(folder.resolve("here/fetched/film.mkv")).hasSameBinaryContentAs(film);
        assertThat(waiting.isAlive()).as(waiting.transcript()).isTrue();
        assertThat(run("here", "status").await("status").path("mode").asText()).isIn("share", "fetch");
    }

    @Test
    void aFetchGoesOnWhenTheProcessThatRanTheNodeEnds() throws IOException {
        Path own = Files.writeString(folder.resolve("own.txt"), "my own file");
        CairnProcess first = cairn("here", "share", own.toString(), "--bootstrap", provider.endpoint());
        first.await("shared");
        CairnProcess fetch = cairn("here", "fetch", hash, "-o", "fetched/");
        fetch.await("progress", line -> line.path("verifiedBytes").asLong() > LARGE_BYTES / 10);
        first.signal("TERM");
        assertThat(first.exitCode()).as(first.transcript()).isZero();
        assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
        assertThat(folder.resolve("here/fetched/film.mkv")).hasSameBinaryContentAs(film);
    }

    @Test
    void twoFetchesAtOnceUseOneNode() throws IOException {
        Path other = Content.random(folder.resolve("other.bin"), 1 << 20, 2);
        CairnProcess more = cairn("more", "share", other.toString(), "--bootstrap", provider.endpoint());
        String second = more.await("shared").path("hash").asText();
        CairnProcess one = cairn("here", "fetch", hash, "-o", "one/", "--bootstrap", provider.endpoint());
        CairnProcess two = cairn("here", "fetch", second, "-o", "two/", "--bootstrap", provider.endpoint());
        assertThat(two.exitCode()).as(two.transcript()).isZero();
        assertThat(one.exitCode()).as(one.transcript()).isZero();
        assertThat(folder.resolve("here/two/other.bin")).hasSameBinaryContentAs(other);
        assertThat(folder.resolve("here/one/film.mkv")).hasSameBinaryContentAs(film);
    }

    @Test
    void ctrlCAtAnotherProcessPausesAndResumeGoesOn() throws IOException {
        CairnProcess daemon = cairn("here", "daemon", "--bootstrap", provider.endpoint());
        daemon.await("ready");
        CairnProcess fetch = cairn("here", "fetch", hash, "-o", "fetched/");
        fetch.await("progress", line -> line.path("verifiedBytes").asLong() > 0);
        fetch.signal("INT");
        assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(130);
        assertThat(fetch.await("error").path("next").asText()).contains("cairn resume " + hash);
        assertThat(run("here", "fetches").await("fetch").path("state").asText()).isEqualTo("paused");
        assertThat(run("here", "resume", hash).exitCode()).isZero();
        CairnProcess again = run("here", "fetch", hash, "-o", "fetched/");
        assertThat(again.exitCode()).as(again.transcript()).isZero();
        assertThat(folder.resolve("here/fetched/film.mkv")).hasSameBinaryContentAs(film);
    }

    private CairnProcess run(String node, String... words) throws IOException {
        return terminals.run(node, words);
    }

    private CairnProcess cairn(String node, String... words) throws IOException {
        return terminals.start(node, words);
    }
}
