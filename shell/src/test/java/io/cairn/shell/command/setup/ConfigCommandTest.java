package io.cairn.shell.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    @Test
    void namesEachSettingAndWhereItComesFrom() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.toml"), "network = \"home\"\nlimit-up = \"5MiB/s\"\n");
        cli.environment.put("CAIRN_LIMIT_UP", "6MiB/s");
        cli.environment.put("CAIRN_BOOTSTRAP", "192.0.2.1:4747, 192.0.2.2:4747");
        assertThat(cli.run("config", "--config", file.toString(), "--port", "5000", "--color=never", "-v"))
                .isZero();
        assertThat(cli.outLines())
                .contains(
                        "bootstrap = 192.0.2.1:4747, 192.0.2.2:4747  (CAIRN_BOOTSTRAP)",
                        "color = never  (--color)",
                        "fetches-at-once = 4  (default)",
                        "json = false  (default)",
                        "limit-up = 6MiB/s  (CAIRN_LIMIT_UP)",
                        "network = home  (configuration file)",
                        "port = 5000  (--port)",
                        "verbose = true  (--verbose)")
                .isSorted();
        assertThat(cli.world.nodes).as("no node is started for it").isEmpty();
    }

    @Test
    void isAnObjectForEachSettingInJson() {
        assertThat(cli.run("--json", "--fetches-at-once", "2", "config")).isZero();
        assertThat(cli.json()).allMatch(line -> line.get("type").asText().equals("setting"));
        JsonNode atOnce = setting("fetches-at-once");
        assertThat(atOnce.get("value").isInt()).isTrue();
        assertThat(atOnce.get("value").asInt()).isEqualTo(2);
        assertThat(setting("json").get("value").isBoolean()).isTrue();
        assertThat(atOnce.get("source").asText()).isEqualTo("--fetches-at-once");
        assertThat(setting("json").get("source").asText()).isEqualTo("--json");
    }

    @Test
    void showsInTheShellWhatTheShellWasStartedWith() {
        cli.stdin = "config\n";
        assertThat(cli.run("--port", "5000")).isZero();
        assertThat(cli.outLines()).contains("port = 5000  (--port)");
    }

    @Test
    void aWordTooManyIsAMistake() {
        assertThat(cli.run("config", "port")).isEqualTo(2);
        assertThat(cli.errLines()).hasSize(3);
    }

    @Test
    void getPrintsOnlyTheValue() {
        cli.environment.put("CAIRN_PORT", "5000");
        assertThat(cli.run("config", "get", "port")).isZero();
        assertThat(cli.out()).isEqualTo("5000\n");
    }

    @Test
    void getOfAnUnknownKeyNamesTheKnownOnes() {
        assertThat(cli.run("config", "get", "prot")).isEqualTo(2);
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("port");
    }

    @Test
    void setWritesTheFileThatTheNextStartReads() {
        cli.stdin = "config set limit-up 5MiB/s\nconfig set bootstrap 192.0.2.1:4747 192.0.2.2:4747\n";
        assertThat(cli.run()).isZero();
        assertThat(folder.resolve(".config/cairn/config.toml"))
                .hasContent("limit-up = \"5MiB/s\"\nbootstrap = [\"192.0.2.1:4747\", \"192.0.2.2:4747\"]\n");
        assertThat(new Cli(folder).run("config", "list")).isZero();
        assertThat(cli.outLines()).contains("limit-up = 5MiB/s  (configuration file)");
    }

    @Test
    void setSaysWhatTakesPrecedence() {
        cli.environment.put("CAIRN_PORT", "5000");
        assertThat(cli.run("config", "set", "port", "6000")).isZero();
        assertThat(cli.err()).contains("CAIRN_PORT takes precedence");
    }

    @Test
    void setOfAWrongValueIsAMistake() {
        assertThat(cli.run("config", "set", "port", "many")).isEqualTo(2);
        assertThat(cli.errLines()).hasSize(3);
        assertThat(folder.resolve(".config")).doesNotExist();
    }

    private JsonNode setting(String option) {
        return cli.json().stream()
                .filter(line -> line.get("option").asText().equals(option))
                .findFirst()
                .orElseThrow();
    }
}
