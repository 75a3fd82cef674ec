package io.cairn.shell.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.control.http.ControlApi;
import io.cairn.control.socket.ControlSocket;
import io.cairn.shell.Cli;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsCommandTest {
    @TempDir
    Path home;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(home);
    }

    @Test
    void isOneObjectWithAFieldForEachPlace() throws IOException {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/identity"), "");
        cli.environment.put("XDG_CONFIG_HOME", home.resolve("settings").toString());
        assertThat(cli.run("paths", "--json", "--data-dir", home.resolve("data").toString()))
                .isZero();
        JsonNode paths = cli.json("paths");
        assertThat(cli.json()).hasSize(1);
        assertPlace(paths.get("data"), "data", "--data-dir", true);
        assertPlace(paths.get("identity"), "data/identity", "data", true);
        assertPlace(paths.get("state"), "data/cairn.db", "data", false);
        assertPlace(paths.get("config"), "settings/cairn/config.toml", "XDG_CONFIG_HOME", false);
        assertPlace(paths.get("unit"), "settings/systemd/user/cairn.service", "XDG_CONFIG_HOME", false);
        assertThat(cli.world.nodes).as("no node is started for it").isEmpty();
    }

    @Test
    void saysWhichVariableOrFileNamesThem() throws IOException {
        Path config = Files.writeString(home.resolve("c.toml"), "data-dir = \"" + home.resolve("far") + "\"\n");
        cli.environment.put("CAIRN_CONFIG", config.toString());
        assertThat(cli.run("paths")).isZero();
        assertThat(cli.outLines())
                .contains("data       " + home.resolve("far") + "  (configuration file; not there)")
                .contains("config     " + config + "  (CAIRN_CONFIG)");
    }

    @Test
    void aSocketElsewhereIsNamedWhereItIs() throws IOException {
        Path socket = home.resolve("elsewhere.sock");
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve(ControlSocket.POINTER), socket + "\n");
        assertThat(cli.run("paths", "--json", "--data-dir", data.toString())).isZero();
        assertPlace(cli.json("paths").get("control"), "elsewhere.sock", "pointer", false);
        assertPlace(cli.json("paths").get("pointer"), "data/control.path", "data", true);
    }

    @Test
    void theNamesAreThoseThatTheFilesHave() {
        assertThat(cli.run("paths", "--json", "--data-dir", home.toString())).isZero();
        JsonNode paths = cli.json("paths");
        Map.of(
                        "state", StateDatabase.FILE_NAME,
                        "control", ControlSocket.NAME,
                        "pointer", ControlSocket.POINTER,
                        "token", ControlApi.TOKEN_FILE,
                        "metrics", ControlApi.METRICS_TOKEN_FILE)
                .forEach((name, file) -> assertPlace(paths.get(name), file, "data", false));
    }

    private void assertPlace(JsonNode place, String path, String source, boolean exists) {
        assertThat(place.get("path").asText()).isEqualTo(home.resolve(path).toString());
        assertThat(place.get("source").asText()).isEqualTo(source);
        assertThat(place.get("exists").asBoolean()).isEqualTo(exists);
    }
}
