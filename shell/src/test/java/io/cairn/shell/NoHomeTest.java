package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoHomeTest {
    private final Cli cli = new Cli(null);

    @Test
    void isSaidInThreeLines() {
        assertThat(cli.run("config")).isEqualTo(1);
        assertThat(cli.errLines()).hasSize(3).last().asString().contains("HOME", "--data-dir");
    }

    @Test
    void isNotNeededWhereTheDataDirectoryIsNamed(@TempDir Path folder) {
        cli.environment.put("CAIRN_HOME", folder.toString());
        assertThat(cli.run("config")).isZero();
        assertThat(cli.outLines()).contains("data-dir = " + folder + "  (CAIRN_HOME)");
    }
}
