package io.cairn.shell.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCommandTest {
    @TempDir
    Path home;

    private Cli cli;
    private String data = "";

    @BeforeEach
    void prepare() {
        cli = new Cli(home);
        data = home.resolve("data").toString();
    }

    @Test
    void createPrintsTheInviteAndNothingElse() {
        assertThat(cli.run("network", "create", "lab", "--data-dir", data)).isZero();
        assertThat(cli.outLines()).hasSize(1);
        String invite = cli.outLines().get(0);
        assertThat(invite).startsWith("cairn-network:lab:");
        assertThat(cli.run(
                        "network",
                        "join",
                        invite,
                        "--data-dir",
                        home.resolve("other").toString()))
                .isZero();
        assertThat(cli.world.nodes).as("no node is started for it").isEmpty();
    }

    @Test
    void theListShowsNoKey() {
        assertThat(cli.run("network", "create", "lab", "--data-dir", data)).isZero();
        String key = cli.outLines().get(0).substring("cairn-network:lab:".length());
        cli = new Cli(home);
        assertThat(cli.run("network", "list", "--json", "--data-dir", data)).isZero();
        JsonNode network = cli.json("network");
        assertThat(network.get("name").asText()).isEqualTo("lab");
        assertThat(network.get("keys").asInt()).isEqualTo(1);
        assertThat(network.has("invite")).isFalse();
        assertThat(cli.outLines()).noneMatch(line -> line.contains(key));
        cli = new Cli(home);
        assertThat(cli.run("network", "invite", "lab", "--json", "--data-dir", data))
                .isZero();
        assertThat(cli.json("network").get("invite").asText()).endsWith(key);
    }

    @Test
    void aSecondKeyIsAddedOnlyWithRotateAndEndsWithRetire() {
        assertThat(cli.run("network", "create", "lab", "--data-dir", data)).isZero();
        assertThat(cli.run("network", "create", "lab", "--data-dir", data)).isEqualTo(8);
        assertThat(cli.run("network", "create", "lab", "--rotate", "--data-dir", data))
                .isZero();
        assertThat(cli.run("network", "create", "lab", "--rotate", "--data-dir", data))
                .isEqualTo(8);
        assertThat(cli.run("network", "retire", "lab", "--data-dir", data)).isZero();
        assertThat(cli.run("network", "retire", "lab", "--data-dir", data)).isEqualTo(2);
        assertThat(cli.run("network", "invite", "home", "--data-dir", data)).isEqualTo(2);
        assertThat(cli.run("network", "join", "cairn-network:lab:abc", "--data-dir", data))
                .isEqualTo(2);
        assertThat(cli.run("network")).isEqualTo(2);
    }
}
