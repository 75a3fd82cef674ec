package io.cairn.shell.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a systemctl that writes down its arguments. */
class ServiceCommandTest {
    private static final String LAUNCHER = "cairn.launcher";

    @TempDir
    Path home;

    private Cli cli;
    private Path unit;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(home);
        unit = home.resolve(".config/systemd/user/cairn.service");
        calls = home.resolve("calls");
        System.setProperty(LAUNCHER, "/opt/my programs/cairn");
        cli.environment.put("PATH", home.resolve("bin").toString());
        systemctl("""
                echo "$*" >>'%s'
                [ "$2" != show ] || printf 'ActiveState=active\\nUnitFileState=enabled\\n'
                """.formatted(calls));
    }

    @AfterEach
    void forget() {
        System.clearProperty(LAUNCHER);
    }

    @Test
    void installsTheUnitWithTheGivenOptionsAndStartsIt() throws IOException {
        assertThat(cli.run(
                        "--json",
                        "--network",
                        "5 % of $us",
                        "service",
                        "install",
                        "--port=5000",
                        "--bind",
                        "::1",
                        "--no-lan"))
                .isZero();
        assertThat(Files.readString(unit))
                .contains("ExecStart=\"/opt/my programs/cairn\" daemon --bind=::1 \"--network=5 %% of $$us\" --no-lan"
                        + " --port=5000\n")
                .doesNotContain("/usr/bin/cairn");
        assertThat(calls).hasContent("""
                --user show-environment
                --user daemon-reload
                --user enable cairn.service
                --user restart cairn.service
                --user show --property=ActiveState,UnitFileState cairn.service
                """);
        JsonNode state = cli.json("service");
        assertThat(state.get("installed").asBoolean()).isTrue();
        assertThat(state.get("enabled").asBoolean()).isTrue();
        assertThat(state.get("active").asText()).isEqualTo("active");
        assertThat(state.get("unit").asText()).isEqualTo(unit.toString());
        assertThat(cli.world.nodes).as("no node is started for it").isEmpty();
    }

    @Test
    void removesWhatItInstalledAndNothingElse() throws IOException {
        assertThat(cli.run("service", "remove")).isZero();
        assertThat(cli.err()).contains("not installed");
        assertThat(cli.run("service", "install")).isZero();
        assertThat(cli.run("service", "remove")).isZero();
        assertThat(unit).doesNotExist();
        assertThat(Files.readString(calls)).contains("--user disable --now cairn.service\n--user daemon-reload\n");
    }

    @Test
    void statusOfAServiceThatDoesNotRunIsOne() throws IOException {
        systemctl("[ \"$2\" != show ] || echo ActiveState=failed");
        assertThat(cli.run("service", "status")).isEqualTo(1);
        assertThat(cli.outLines()).containsExactly("service  not installed, failed, does not start at login");
    }

    @Test
    void aWrongOptionIsRefusedBeforeAnythingIsWritten() {
        assertThat(cli.run("service", "install", "--port", "many")).isEqualTo(2);
        assertThat(unit).doesNotExist();
    }

    @Test
    void withoutSystemdItSaysSo() {
        cli.environment.put("PATH", home.toString());
        for (String verb : new String[] {"install", "remove", "status"}) {
            assertThat(cli.run("service", verb)).isEqualTo(1);
        }
        assertThat(cli.errLines()).hasSize(9);
        assertThat(cli.err()).contains("no systemctl on the PATH");
        assertThat(unit).doesNotExist();
    }

    @Test
    void withoutASessionItSaysSo() throws IOException {
        systemctl("echo 'Failed to connect to bus: No medium found' >&2; exit 1");
        assertThat(cli.run("service", "install")).isEqualTo(1);
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("Failed to connect to bus: No medium found", "loginctl enable-linger");
        assertThat(unit).doesNotExist();
    }

    @Test
    void aFailureOfSystemctlIsReported() throws IOException {
        systemctl("[ \"$2\" != enable ] || { echo 'Unit is masked.'; exit 1; }");
        assertThat(cli.run("service", "install")).isEqualTo(1);
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("Unit is masked.");
    }

    @Test
    void withoutAVerbItNamesThem() {
        assertThat(cli.run("service")).isEqualTo(2);
        assertThat(cli.err()).contains("install, remove or status");
    }

    private void systemctl(String script) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve("systemctl");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
