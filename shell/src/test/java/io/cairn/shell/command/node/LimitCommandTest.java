package io.cairn.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.SpeedLimits;
import io.cairn.shell.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    private int lines(String... lines) {
        cli.stdin = String.join("\n", lines) + "\n";
        return cli.run();
    }

    @Test
    void showsThatNothingIsLimited() {
        assertThat(lines("limit")).isZero();
        assertThat(cli.outLines())
                .containsExactly("up    off, each peer off", "down  off, each peer off", "LAN   not limited");
    }

    @Test
    void changesWhatItIsToldAndNothingElse() {
        assertThat(lines(
                        "limit up 5MiB/s",
                        "limit up 1MiB/s --per-peer",
                        "limit down 800kB/s",
                        "limit down 64K --per-peer",
                        "limit lan on",
                        "limit up off"))
                .isZero();
        assertThat(cli.node().limits()).isEqualTo(new SpeedLimits(0, 800_000, 1 << 20, 64 << 10, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit up",
                "limit up fast",
                "limit up 1",
                "limit sideways 5M",
                "limit lan maybe",
                "limit lan on --per-peer"
            })
    void aMistakeIsThreeLinesAndChangesNothing(String line) {
        assertThat(lines(line)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("error: ", "why:   ", "next:  ");
        assertThat(cli.node().limits()).isEqualTo(SpeedLimits.NONE);
    }

    @Test
    void limitsAreOneObjectInJson() {
        cli.stdin = "limit up 5MiB/s\n";
        assertThat(cli.run("--json")).isZero();
        assertThat(cli.json("limit").get("up").asLong()).isEqualTo(5 << 20);
        assertThat(cli.json("limit").get("downPerPeer").asLong()).isZero();
        assertThat(cli.json("limit").get("lan").asBoolean()).isFalse();
    }
}
