package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services and values between real processes: found, changed, kept over restarts, and gone when their node is killed. */
class FoundWithoutAHashTest {
    private static final int TRIES_MAX = 20;

    @TempDir
    Path folder;

    private Terminals terminals;
    private CairnProcess there;
    private String publisher;

    @BeforeEach
    void start() throws IOException {
        terminals = new Terminals(folder);
        there = daemon("there");
        publisher = there.await("ready").path("node").asText();
    }

    @AfterEach
    void end() {
        terminals.close();
    }

    @Test
    void aServiceIsFoundUntilItsNodeIsKilled() throws IOException {
        CairnProcess announced =
                run("there", "announce", "office", "--capability", "Printer,colour", "--endpoint", "ipp://h/p");
        assertThat(announced.exitCode()).as(announced.transcript()).isZero();
        assertThat(announced.await("announced").path("kept").asBoolean()).isTrue();
        daemon("here").await("ready");

        CairnProcess discover = run("here", "discover", "colour", "printer");
        assertThat(discover.exitCode()).as(discover.transcript()).isZero();
        assertThat(discover.await("service").path("publisher").asText()).isEqualTo(publisher);
        assertThat(run("here", "discover", "plotter").exitCode()).isEqualTo(3);

        CairnProcess watch = cairn("here", "discover", "printer", "--watch");
        assertThat(watch.await("service").path("id").asText()).isEqualTo("office");
        there.signal("KILL");
        JsonNode gone = watch.await("service_gone");
        assertThat(gone.path("id").asText()).isEqualTo("office");
        assertThat(gone.path("reason").asText()).isEqualTo("silent");
        watch.signal("TERM");
        assertThat(watch.exitCode()).as(watch.transcript()).isZero();
    }

    @Test
    void anAnnouncementAloneIsWithdrawnAtItsEnd() throws IOException {
        CairnProcess alone = cairn("alone", "announce", "scan", "--capability", "scanner", "--endpoint", "x:y");
        assertThat(alone.await("announced").path("kept").asBoolean()).isFalse();
        assertThat(run("there", "discover", "scanner").exitCode()).isZero();
        alone.signal("TERM");
        assertThat(alone.exitCode()).as(alone.transcript()).isZero();
        assertThat(run("there", "discover", "scanner").exitCode()).isEqualTo(3);
    }

    @Test
    void keptServicesAndValuesAreThereAgainAfterARestart() throws IOException {
        assertThat(run("there", "announce", "office", "--capability", "printer", "--endpoint", "x:y")
                        .exitCode())
                .isZero();
        assertThat(run("there", "put", "motd", "back at noon").exitCode()).isZero();
        assertThat(run("there", "stop").exitCode()).isZero();
        there.exitCode();
        there = daemon("there");
        there.await("ready");
        daemon("here").await("ready");
        assertThat(run("there", "services").await("announced").path("id").asText())
                .isEqualTo("office");
        JsonNode value = run("here", "get", "motd@" + publisher).await("value");
        assertThat(value.path("value").asText()).isEqualTo("back at noon");
        assertThat(run("there", "withdraw", "office").exitCode()).isZero();
        assertThat(run("there", "withdraw", "office").exitCode()).isEqualTo(2);
    }

    @Test
    void aValueIsWrittenOnlyOverTheExpectedVersion() throws IOException {
        long first =
                run("there", "put", "motd", "one").await("put").path("sequence").asLong();
        CairnProcess refused = run("there", "put", "motd", "two", "--if-sequence", "" + (first - 1));
        assertThat(refused.exitCode()).as(refused.transcript()).isEqualTo(8);
        CairnProcess written = run("there", "put", "motd", "two", "--if-sequence", "" + first);
        assertThat(written.exitCode()).as(written.transcript()).isZero();
        assertThat(written.await("put").path("sequence").asLong()).isGreaterThan(first);
        daemon("here").await("ready");
        assertThat(run("here", "get", "motd@" + publisher)
                        .await("value")
                        .path("value")
                        .asText())
                .isEqualTo("two");
        assertThat(run("here", "get", "none@" + publisher).exitCode()).isEqualTo(3);
    }

    @Test
    void whatWasWrittenAloneIsSentOnceThereIsANetwork() throws IOException {
        Path own = Files.createDirectories(folder.resolve("offline"));
        CairnProcess alone = run("offline", false, List.of("put", "later", "sent when back"));
        assertThat(alone.exitCode()).as(alone.transcript()).isZero();
        String writer = alone.await("ready").path("node").asText();
        assertThat(own).exists();
        CairnProcess back = daemon("offline");
        back.await("ready");
        CairnProcess read = run("there", "get", "later@" + writer);
        for (int tries = 0; read.exitCode() == 3 && tries < TRIES_MAX; tries++) { // until the value has been sent
            read = run("there", "get", "later@" + writer);
        }
        assertThat(read.await("value").path("value").asText()).isEqualTo("sent when back");
    }

    @Test
    void aNameStandsForTheShareItPointsTo() throws IOException {
        Path film = Files.writeString(folder.resolve("film.mkv"), "moving pictures");
        assertThat(run("there", "share", film.toString()).exitCode()).isZero();
        assertThat(run("there", "publish", "newest", "film.mkv").exitCode()).isZero();
        CairnProcess fetched = run("here", "fetch", "newest@" + publisher, "-o", "copy.mkv");
        assertThat(fetched.exitCode()).as(fetched.transcript()).isZero();
        assertThat(folder.resolve("here/copy.mkv")).hasSameBinaryContentAs(film);
    }

    private CairnProcess daemon(String directory) throws IOException {
        return cairn(directory, "daemon");
    }

    private CairnProcess run(String directory, String... words) throws IOException {
        return run(directory, true, List.of(words));
    }

    private CairnProcess run(String directory, boolean isJoining, List<String> words) throws IOException {
        CairnProcess process = cairn(directory, isJoining, words);
        process.exitCode();
        return process;
    }

    private CairnProcess cairn(String directory, String... words) throws IOException {
        return cairn(directory, true, List.of(words));
    }

    private CairnProcess cairn(String directory, boolean isJoining, List<String> words) throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--bind", "127.0.0.1"));
        boolean isFirst = directory.equals("there");
        if (isJoining && !isFirst) {
            all.addAll(List.of("--bootstrap", there.endpoint()));
        }
        return terminals.start(directory, all.toArray(String[]::new));
    }
}
