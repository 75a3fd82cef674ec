package io.cairn.shell.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import io.cairn.shell.session.Stop;
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

    /** The service's process is this one, in which the nodes of the tests run. */
    private static final String ACTIVE = "printf 'ActiveState=active\\nUnitFileState=enabled\\nMainPID="
            + ProcessHandle.current().pid() + "\\n'";

    private static final String RESTARTING =
            "printf 'ActiveState=activating\\nSubState=auto-restart\\nExecMainStatus=4\\nInvocationID=ab12\\n'";

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
                [ "$2" != show ] || %s
                """.formatted(calls, ACTIVE));
    }

    @AfterEach
    void forget() {
        System.clearProperty(LAUNCHER);
    }

    @Test
    void installsTheUnitWithTheGivenOptionsAndSeesItsNodeRun() throws IOException {
        runs(() -> assertThat(cli.run(
                        "--json",
                        "--network",
                        "5 % of $us",
                        "service",
                        "install",
                        "--port=5000",
                        "--bind",
                        "::1",
                        "--no-lan"))
                .isZero());
        assertThat(Files.readString(unit))
                .contains("ExecStart=\"/opt/my programs/cairn\" daemon --bind=::1 \"--network=5 %% of $$us\" --no-lan"
                        + " --port=5000\nRestart=")
                .doesNotContain("/usr/bin/cairn");
        assertThat(Files.readAllLines(calls).stream().filter(line -> !line.contains(" show ")))
                .containsExactly(
                        "--user show-environment",
                        "--user daemon-reload",
                        "--user enable cairn.service",
                        "--user restart cairn.service");
        JsonNode state = cli.json("service");
        assertThat(state.get("installed").asBoolean()).isTrue();
        assertThat(state.get("enabled").asBoolean()).isTrue();
        assertThat(state.get("active").asText()).isEqualTo("active");
        assertThat(state.get("unit").asText()).isEqualTo(unit.toString());
        assertThat(cli.world.nodes).as("no node is started for it").isEmpty();
    }

    @Test
    void variablesOfTheTerminalReachTheService() throws IOException {
        cli.environment.put("CAIRN_HOME", home.resolve("own $ 100%").toString());
        cli.environment.put("CAIRN_NO_LAN", "false");
        cli.environment.put("CAIRN_JSON", "false");
        cli.environment.put("CAIRN_TRACE_FILE", "traces.json");
        systemctl("[ \"$2\" != show ] || echo ActiveState=failed");
        assertThat(cli.run("service", "install", "--port=5000")).isEqualTo(1);
        assertThat(Files.readString(home.resolve(".config/systemd/user/cairn.service")))
                .contains(" daemon --port=5000\nEnvironment=\"CAIRN_HOME=" + home + "/own $ 100%%\"\n"
                        + "Environment=CAIRN_NO_LAN=false\n"
                        + "Environment=CAIRN_TRACE_FILE="
                        + Path.of("traces.json").toAbsolutePath() + "\nRestart=");
    }

    @Test
    void aNodeThatEndsIsReportedWithTheReasonFromTheJournal() throws IOException {
        systemctl("[ \"$2\" != show ] || " + RESTARTING);
        program("journalctl", """
                [ "$7" = _SYSTEMD_INVOCATION_ID=ab12 ] || exit 1
                echo 'error: cannot start the node'
                echo 'why:   port 4747 is in use'
                echo 'next:  choose another: --port N'
                echo 'cairn.service: Main process exited'
                """);
        assertThat(cli.run("service", "install")).isEqualTo(1);
        assertThat(cli.errLines())
                .contains(
                        "error: the service is installed, but its node does not run",
                        "why:   cannot start the node: port 4747 is in use",
                        "next:  choose another: --port N; see also: journalctl --user -u cairn.service");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void withoutAJournalTheExitCodeIsReported() throws IOException {
        systemctl("[ \"$2\" != show ] || " + RESTARTING);
        assertThat(cli.run("service", "install")).isEqualTo(1);
        assertThat(cli.err())
                .contains("why:   its process ended with code 4\n", "next:  see: journalctl --user -u cairn");
    }

    @Test
    void besideAnotherNodeNothingIsInstalled() throws IOException {
        systemctl("[ \"$2\" != show ] || printf 'ActiveState=inactive\\nMainPID=0\\n'");
        runs(() -> assertThat(cli.run("service", "install")).isEqualTo(1));
        assertThat(cli.err()).contains("process " + ProcessHandle.current().pid() + " runs the node", "cairn stop");
        assertThat(unit).doesNotExist();
    }

    @Test
    void removesWhatItInstalledAndNothingElse() throws IOException {
        assertThat(cli.run("service", "remove")).isZero();
        assertThat(cli.err()).contains("not installed");
        runs(() -> assertThat(cli.run("service", "install")).isZero());
        assertThat(cli.err())
                .contains("the node runs: process " + ProcessHandle.current().pid() + ", port 4747");
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

    /** With a daemon on the data directory, which the service is said to run. */
    private void runs(Runnable command) throws IOException {
        Files.createDirectories(home.resolve(".local/share/cairn"));
        Cli daemon = new Cli(home);
        daemon.setup = node -> node.whenTakingUp = () -> {
            command.run();
            daemon.stops.request(Stop.TERMINATE);
        };
        assertThat(daemon.run("daemon")).isZero();
    }

    private void systemctl(String script) throws IOException {
        program("systemctl", script);
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
