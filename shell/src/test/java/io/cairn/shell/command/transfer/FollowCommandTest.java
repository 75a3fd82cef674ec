package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path notes;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        notes = Files.write(folder.resolve("notes.txt"), new byte[1_000]);
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
    }

    @Test
    void aWatchedFileIsSharedAndNamed() {
        assertThat(cli.run("share", "--watch", "notes", notes.toString())).isZero();
        String name = "notes@" + cli.node().identity.nodeId().toHex();
        assertThat(cli.outLines()).containsExactly(ManifestsForTests.hashOf(notes) + "  notes.txt");
        assertThat(cli.err()).contains("named   " + name).contains("cairn follow " + name + " -o DIR\n");
    }

    @Test
    void aNameAndItsShareAreToldInJson() {
        assertThat(cli.run("share", "--json", "--watch", "notes", notes.toString()))
                .isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .containsExactly("ready", "shared", "published");
        JsonNode published = cli.json("published");
        assertThat(published.get("name").asText()).isEqualTo("notes");
        assertThat(published.get("hash").asText())
                .isEqualTo(ManifestsForTests.hashOf(notes).toHex());
        assertThat(published.get("sequence").asLong()).isPositive();
    }

    @Test
    void oneNameIsForOnePath() {
        assertThat(cli.run("share", "--watch", "notes", notes.toString(), folder.toString()))
                .isEqualTo(2);
        assertThat(cli.err()).contains("cannot give one name to 2 paths");
    }

    @Test
    void aCopyIsFollowedUntilTheCommandIsTold() {
        assertThat(cli.run("share", "--watch", "notes", notes.toString())).isZero();
        String name = "notes@" + cli.node().identity.nodeId().toHex();
        cli.setup = node -> node.whenFollowed = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("follow", name, "-o", folder.resolve("copy").toString()))
                .isZero();
        assertThat(cli.outLines()).endsWith(ManifestsForTests.hashOf(notes) + "  " + folder.resolve("copy"));
    }

    @Test
    void aCopyIsToldInJson() {
        assertThat(cli.run("share", "--json", "--watch", "notes", notes.toString()))
                .isZero();
        String name = "notes@" + cli.node().identity.nodeId().toHex();
        cli.setup = node -> node.whenFollowed = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run(
                        "follow", "--json", name, "-o", folder.resolve("copy").toString()))
                .isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .endsWith("ready", "newer", "phase", "complete", "up_to_date");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(cli.run("follow", "notes", "-o", "copy")).isEqualTo(2);
        assertThat(cli.err()).contains("it is not NAME@PUBLISHER");
        String name = "notes@" + "00".repeat(20);
        assertThat(cli.run("follow", name, "-o", "copy", "--keep", "-1")).isEqualTo(2);
        assertThat(cli.run("follow", name)).isEqualTo(2);
        assertThat(cli.run("follow", name, "-o", "copy")).isEqualTo(3);
    }
}
