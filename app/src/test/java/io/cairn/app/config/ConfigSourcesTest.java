package io.cairn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {
    @TempDir
    Path home;

    private NodeConfig config(ConfigFlags flags, Map<String, String> environment) throws CairnException {
        return ConfigSources.read(flags, environment, home).nodeConfig();
    }

    @Test
    void hasDefaults() throws CairnException {
        NodeConfig config = config(ConfigFlags.NONE, Map.of());
        assertThat(config)
                .isEqualTo(NodeConfig.builder(home.resolve(".local/share/cairn"))
                        .preferredPort(4747)
                        .network("public")
                        .build());
    }

    @Test
    void prefersFlagThenEnvironmentThenFile() throws CairnException, IOException {
        Files.writeString(home.resolve("config.toml"), """
                port = 1
                network = "from-file"
                data-dir = "/file"
                bootstrap = ["a:1", "b:2"]
                no-lan = true
                color = "never"
                """);
        Map<String, String> environment =
                Map.of("CAIRN_HOME", home.toString(), "CAIRN_PORT", "2", "CAIRN_NETWORK", "from-environment");
        ConfigFlags flags = new ConfigFlags(null, null, "3", List.of(), List.of(), null, null, false, Map.of(), "--");
        NodeConfig config = config(flags, environment);
        assertThat(config.port()).isEqualTo(3);
        assertThat(config.portChosen()).isTrue();
        assertThat(config.network()).isEqualTo("from-environment");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/file"));
        assertThat(config.bootstrap()).containsExactly("a:1", "b:2");
        assertThat(config.lan()).isFalse();
        assertThat(ConfigSources.read(flags, environment, home).text("color")).isEqualTo("never");
    }

    @Test
    void aNetworkThatWasJoinedHasItsKey() throws CairnException, IOException {
        Map<String, String> environment = Map.of("CAIRN_HOME", home.toString(), "CAIRN_NETWORK", "lab");
        assertThat(config(ConfigFlags.NONE, environment).networkKeyFile()).isNull();
        new JoinedNetworks(home).create("lab", false, new SecureRandom());
        Path key = home.resolve("networks/lab.key");
        assertThat(config(ConfigFlags.NONE, environment).networkKeyFile()).isEqualTo(key);
        assertThat(ConfigSources.read(ConfigFlags.NONE, environment, home)
                        .setting("network-key-file")
                        .value())
                .isEqualTo(key.toString());
        assertThat(config(ConfigFlags.NONE, Map.of("CAIRN_HOME", home.toString()))
                        .networkKeyFile())
                .as("another network")
                .isNull();
        Path other = Files.writeString(home.resolve("other"), "x");
        ConfigFlags named =
                new ConfigFlags(null, null, null, List.of(), List.of(), null, other.toString(), false, Map.of(), "--");
        assertThat(config(named, environment).networkKeyFile()).isEqualTo(other);
        ConfigFlags none = new ConfigFlags(null, null, null, List.of(), List.of(), null, "none", false, Map.of(), "--");
        assertThat(config(none, environment).networkKeyFile()).isNull();
    }

    @Test
    void splitsListsOfTheEnvironmentAtCommas() throws CairnException {
        NodeConfig config =
                config(ConfigFlags.NONE, Map.of("CAIRN_BOOTSTRAP", "a:1, [::1]:2", "CAIRN_BIND", "127.0.0.1,::1"));
        assertThat(config.bootstrap()).containsExactly("a:1", "[::1]:2");
        assertThat(config.bind()).hasSize(2);
    }

    @Test
    void tracesGoToTheNamedFileAndContinueThoseOfNamedNodes() throws CairnException {
        NodeId one = NodeId.fromHex("0123456789abcdef0123456789abcdef01234567");
        NodeId two = NodeId.fromHex("fedcba9876543210fedcba9876543210fedcba98");
        assertThat(config(ConfigFlags.NONE, Map.of()).trace()).isEqualTo(TraceSettings.OFF);
        Map<String, String> others = Map.of("trace-file", "/t.json", "trace-peer", one.toHex() + "," + two.toHex());
        ConfigFlags flags = new ConfigFlags(null, null, null, List.of(), List.of(), null, null, false, others, "--");
        assertThat(config(flags, Map.of("CAIRN_TRACE_FILE", "/other")).trace())
                .isEqualTo(new TraceSettings(Path.of("/t.json"), List.of(one, two)));
        assertThat(config(ConfigFlags.NONE, Map.of("CAIRN_TRACE_FILE", "/e.json", "CAIRN_TRACE_PEER", one.toHex()))
                        .trace())
                .isEqualTo(new TraceSettings(Path.of("/e.json"), List.of(one)));
        assertThat(config(ConfigFlags.NONE, Map.of("CAIRN_TRACE_FILE", "/e.json", "CAIRN_TRACE_PEER", "bob"))
                        .trace())
                .isEqualTo(new TraceSettings(Path.of("/e.json"), List.of(), List.of("bob")));
        assertThatThrownBy(() -> config(ConfigFlags.NONE, Map.of("CAIRN_TRACE_PEER", "0123456789")))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(CairnException.Kind.USAGE));
    }

    @Test
    void findsItsDirectories() throws CairnException {
        assertThat(config(ConfigFlags.NONE, Map.of("XDG_DATA_HOME", "/x")).dataDirectory())
                .isEqualTo(Path.of("/x/cairn"));
        assertThat(config(ConfigFlags.NONE, Map.of("XDG_DATA_HOME", "relative")).dataDirectory())
                .isEqualTo(home.resolve(".local/share/cairn"));
        assertThat(config(ConfigFlags.NONE, Map.of("XDG_DATA_HOME", "/x", "CAIRN_HOME", "/y"))
                        .dataDirectory())
                .isEqualTo(Path.of("/y"));
        assertThat(config(ConfigFlags.NONE, Map.of("CAIRN_HOME", "/y", "CAIRN_DATA_DIR", "/z"))
                        .dataDirectory())
                .isEqualTo(Path.of("/z"));
    }

    @Test
    void saysWhichVariableNamesTheDataDirectory() throws CairnException {
        assertThat(sourceOfDataDirectory(Map.of("CAIRN_HOME", "/y", "XDG_DATA_HOME", "/x")))
                .isEqualTo("CAIRN_HOME");
        assertThat(sourceOfDataDirectory(Map.of("XDG_DATA_HOME", "/x"))).isEqualTo("XDG_DATA_HOME");
        assertThat(sourceOfDataDirectory(Map.of("XDG_DATA_HOME", "relative"))).isEqualTo("default");
    }

    private String sourceOfDataDirectory(Map<String, String> environment) throws CairnException {
        return ConfigSources.read(ConfigFlags.NONE, environment, home).settings().stream()
                .filter(setting -> setting.option().equals("data-dir"))
                .findFirst()
                .orElseThrow()
                .source();
    }

    @Test
    void readsTheFileOfXdg() throws CairnException, IOException {
        Files.createDirectories(home.resolve("c/cairn"));
        Files.writeString(home.resolve("c/cairn/config.toml"), "port = 9");
        assertThat(config(
                                ConfigFlags.NONE,
                                Map.of("XDG_CONFIG_HOME", home.resolve("c").toString()))
                        .port())
                .isEqualTo(9);
    }

    @Test
    void refusesAFileItDoesNotUnderstand() throws IOException {
        for (String text : List.of("port = ", "unknown = 1", "port = {a = 1}", "[port]\na = 1", "port = 99999")) {
            Path file = Files.writeString(home.resolve("bad.toml"), text);
            assertThatThrownBy(() -> config(
                            new ConfigFlags(
                                    file.toString(), null, null, List.of(), List.of(), null, null, false, Map.of(), ""),
                            Map.of()))
                    .as(text)
                    .isInstanceOfSatisfying(
                            CairnException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(CairnException.Kind.USAGE));
        }
    }

    @Test
    void checksTheKeyFile() throws IOException, CairnException {
        Path key = Files.writeString(home.resolve("key"), "secret");
        assertThat(config(ConfigFlags.NONE, Map.of("CAIRN_NETWORK_KEY_FILE", key.toString()))
                        .networkKeyFile())
                .isEqualTo(key);
        Path empty = Files.writeString(home.resolve("empty"), "");
        assertThatThrownBy(() -> config(ConfigFlags.NONE, Map.of("CAIRN_NETWORK_KEY_FILE", empty.toString())))
                .isInstanceOf(CairnException.class);
        assertThatThrownBy(() -> config(ConfigFlags.NONE, Map.of("CAIRN_NO_LAN", "perhaps")))
                .isInstanceOf(CairnException.class);
    }
}
