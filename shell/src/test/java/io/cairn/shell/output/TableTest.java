package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.shell.output.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final List<String> NAMES = List.of(
            "film.mkv",
            "写真とファイルの長い名前がここにあります、まだ続きます、さらにもっと続きます.tar.gz",
            "👩\u200d💻👨\u200d👩\u200d👧\u200d👦👍🏽🇪🇸 a family at work, with a flag and a thumb.jpg",
            "re\u0301sume\u0301 of everything that happened in a long and eventful year.pdf",
            "תמונות מהטיול הארוך שלנו לצפון הארץ בקיץ שעבר עם כל המשפחה.zip",
            "صور من رحلتنا الطويلة.zip");

    @ParameterizedTest
    @ValueSource(ints = {80, 200})
    void alignsEveryScriptAndFits(int width) {
        Table table = table();

        List<String> lines = table.lines(width);

        assertThat(lines).hasSize(NAMES.size() + 1).allMatch(line -> Cells.of(line) <= width);
        int nameAt = lines.get(0).indexOf("NAME");
        for (int i = 0; i < NAMES.size(); i++) {
            String line = lines.get(i + 1);
            String shown = line.substring(nameAt);
            assertThat(line.substring(0, nameAt)).isEqualTo("9f86d08" + i + "  1.37 GiB  ");
            assertThat(shown).startsWith(NAMES.get(i).substring(0, 2)).contains("/home");
            assertThat(Cells.of(shown.substring(0, shown.indexOf("/home"))))
                    .as("where the path starts, in columns")
                    .isEqualTo(lines.get(0).indexOf("PATH") - nameAt);
        }
    }

    @Test
    void cutsTheWidestAndKeepsBothEndsOfANameAtEightyColumns() {
        List<String> lines = table().lines(80);

        assertThat(lines.get(0)).isEqualTo("HASH          SIZE  NAME                               PATH");
        assertThat(lines.get(1))
                .isEqualTo("9f86d080  1.37 GiB  film.mkv                           /home/ann/Videos/film.mkv");
        assertThat(lines.get(2)).startsWith("9f86d081  1.37 GiB  写真とファイルの…").contains(".tar.gz   /home");
    }

    @Test
    void showsAllWhereThereIsRoom() {
        assertThat(table().lines(Integer.MAX_VALUE))
                .last()
                .asString()
                .startsWith("9f86d085  1.37 GiB  " + NAMES.get(5) + "  ")
                .endsWith("  /home/ann/Videos/film.mkv")
                .doesNotContain("…");
    }

    @Test
    void leavesOutWhatWouldBeIllegible() {
        assertThat(table().lines(49))
                .allMatch(line -> Cells.of(line) <= 49)
                .first()
                .asString()
                .doesNotContain("PATH");
        assertThat(table().lines(10)).allMatch(line -> line.contains("9f86d08") || line.contains("HASH"));
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> table().add("one")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Table table() {
        Table table = new Table(
                Column.whole("HASH"), Column.figures("SIZE"), Column.text("NAME", 12), Column.optional("PATH", 16));
        for (int i = 0; i < NAMES.size(); i++) {
            table.add("9f86d08" + i, "1.37 GiB", NAMES.get(i), "/home/ann/Videos/film.mkv");
        }
        return table;
    }
}
