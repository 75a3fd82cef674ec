package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Progress PROGRESS =
            new Progress(897_326_042L, 1_471_026_299L, 855, 1403, 432_013_312L, 3, 1_000);

    @Test
    void showsAllWhereThereIsRoom() {
        assertThat(ProgressLine.fetch(PROGRESS, 100))
                .isEqualTo("chunks     " + "━".repeat(14) + "─".repeat(10)
                        + "   60%  855.8 MiB / 1.37 GiB  412 MiB/s  3 peers  ETA 1s");
    }

    @Test
    void leavesOutWhatDoesNotFitAndNeverWraps() {
        for (int columns = 0; columns < 140; columns++) {
            assertThat(ProgressLine.fetch(PROGRESS, columns)).hasSizeLessThanOrEqualTo(Math.max(0, columns - 1));
        }
        assertThat(ProgressLine.fetch(PROGRESS, 60))
                .contains("855.8 MiB / 1.37 GiB")
                .doesNotContain("peers");
    }

    @Test
    void saysAHundredOnlyWhenItIsDone() {
        assertThat(ProgressLine.bytes("hashing", 999_999, 1_000_000, 80)).contains(" 99%");
        assertThat(ProgressLine.bytes("hashing", 1_000_000, 1_000_000, 80)).contains("100%");
        assertThat(ProgressLine.bytes("hashing", 0, 0, 80)).contains("100%");
    }
}
