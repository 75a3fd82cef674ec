package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Progress PROGRESS =
            new Progress(897_326_042L, 1_471_026_299L, 855, 1403, 432_013_312L, 3, 1_000);

    @Test
    void showsAllWhereThereIsRoom() {
        assertThat(ProgressLine.fetch(PROGRESS).fit(100))
                .isEqualTo("chunks     " + "━".repeat(14) + "╌".repeat(10)
                        + "   60%  855.8 MiB / 1.37 GiB  412 MiB/s  3 peers  ETA 1s");
    }

    @Test
    void leavesOutWhatDoesNotFitAndNeverWraps() {
        for (int columns = 0; columns < 140; columns++) {
            assertThat(ProgressLine.fetch(PROGRESS).fit(columns)).hasSizeLessThanOrEqualTo(Math.max(0, columns - 1));
        }
        assertThat(ProgressLine.fetch(PROGRESS).fit(60))
                .contains("855.8 MiB / 1.37 GiB")
                .doesNotContain("peers");
    }

    @Test
    void saysAHundredOnlyWhenItIsDone() {
        assertThat(ProgressLine.bytes("hashing", 999_999, 1_000_000).fit(80)).contains(" 99%");
        assertThat(ProgressLine.bytes("hashing", 1_000_000, 1_000_000).fit(80)).contains("100%");
        assertThat(ProgressLine.bytes("hashing", 0, 0).fit(80)).contains("100%");
    }

    @Test
    void aNameHasItsOwnColumnAndIsCutInTheMiddle() {
        String line =
                ProgressLine.fetch("holidays in the north 写真.tar", PROGRESS).fit(80);
        assertThat(line).startsWith("holidays in …th 写真.tar  ━");
        assertThat(Cells.of(line)).isLessThan(80);
        assertThat(ProgressLine.fetch("short", PROGRESS).fit(80).indexOf('━')).isEqualTo(26);
        for (int columns = 0; columns < 200; columns++) {
            assertThat(Cells.of(ProgressLine.fetch("写真写真写真写真写真写真写真", PROGRESS).fit(columns)))
                    .isLessThanOrEqualTo(Math.max(0, columns - 1));
        }
    }

    @Test
    void aLogGetsAllFiguresAndNoBar() {
        assertThat(ProgressLine.fetch("film.mkv", PROGRESS).plain())
                .isEqualTo("film.mkv  60%  855.8 MiB / 1.37 GiB  412 MiB/s  3 peers  ETA 1s");
        assertThat(ProgressLine.bytes("hashing", 1, 2).plain()).isEqualTo("hashing    50%  1 B / 2 B");
    }

    @Test
    void aHundredMeansDoneEvenOfMuch() {
        assertThat(ProgressLine.bytes("hashing", Long.MAX_VALUE - 1, Long.MAX_VALUE)
                        .percent())
                .isEqualTo(99);
    }
}
