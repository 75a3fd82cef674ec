package io.cairn.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Check;
import io.cairn.shell.Cli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final Check GOOD = Check.ok("port", "UDP and TCP port 4747 on all addresses");
    private static final Check DOUBTFUL = Check.warning("network", "no other node is known", "start cairn elsewhere");
    private static final Check BAD = Check.bad("udp", "no peer reaches UDP port 4747", "let it through");

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    @Test
    void printsALineForEachCheckAndBelowItWhatToDo() {
        cli.setup = node -> node.checks = List.of(GOOD, DOUBTFUL);
        assertThat(cli.run("doctor")).isZero();
        assertThat(cli.outLines())
                .containsExactly(
                        "ok         port: UDP and TCP port 4747 on all addresses",
                        "warning    network: no other node is known",
                        "           start cairn elsewhere");
    }

    @Test
    void exitsWithOneIfAnythingIsBad() {
        cli.setup = node -> node.checks = List.of(GOOD, BAD, DOUBTFUL);
        assertThat(cli.run("doctor")).isEqualTo(1);
        assertThat(cli.outLines()).contains("bad        udp: no peer reaches UDP port 4747");
    }

    @Test
    void printsAnObjectForEachCheck() {
        cli.setup = node -> node.checks = List.of(GOOD, BAD);
        assertThat(cli.run("doctor", "--json")).isEqualTo(1);
        assertThat(cli.outLines())
                .endsWith(
                        "{\"type\":\"check\",\"name\":\"port\",\"level\":\"ok\",\"detail\":\"UDP and TCP port 4747 on all"
                                + " addresses\",\"next\":\"\"}",
                        "{\"type\":\"check\",\"name\":\"udp\",\"level\":\"bad\",\"detail\":\"no peer reaches UDP port"
                                + " 4747\",\"next\":\"let it through\"}");
    }
}
