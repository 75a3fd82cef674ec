package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "film.mkv",
                "写真 2024.jpg",
                "ファイル",
                "한국어",
                "\u1112\u1161\u11ab", // Hangul, decomposed
                "cafe\u0301",
                "שלום.txt",
                "مرحبا.txt",
                "का",
                "ﾊﾝｶｸ",
                "🎬",
                "👍🏽",
                "🇪🇸🇫🇷",
                "👩\u200d💻 work",
                "👨\u200d👩\u200d👧\u200d👦",
                "🏳\ufe0f\u200d🌈",
                "❤\ufe0f",
                "1\ufe0f\u20e3"
            })
    void measuresAsTheLineEditorDoes(String text) {
        int expected = 0;
        for (int at = 0; at < text.length(); at += WCWidth.charCountForGraphemeCluster(text, at)) {
            expected += WCWidth.wcwidthForGraphemeCluster(text, at);
        }
        assertThat(Cells.of(text)).isEqualTo(expected);
    }

    @Test
    void measuresEachCharacterAsTheLineEditorDoes() {
        Set<Integer> reclassified = Set.of(0x1734, 0x1171e); // combining for JLine, spacing for Unicode
        List<String> different = new ArrayList<>();
        for (int point = 0x20; point < 0x32000; point++) {
            int type = Character.getType(point);
            boolean isText = Character.isDefined(point)
                    && type != Character.CONTROL
                    && type != Character.SURROGATE
                    && type != Character.FORMAT
                    && !Emoji.isSkin(point) // measured with the emoji before it
                    && !reclassified.contains(point);
            if (isText && Cells.of(Character.toString(point)) != WCWidth.wcwidth(point)) {
                different.add(Integer.toHexString(point));
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void cutsInTheMiddleAndNeverThroughACharacter() {
        assertThat(Cells.cutMiddle("holiday-in-spain.mov", 11)).isEqualTo("holid…n.mov");
        assertThat(Cells.cutMiddle("film.mkv", 8)).isEqualTo("film.mkv");
        assertThat(Cells.cutMiddle("写真写真写真.jpg", 9)).isEqualTo("写真….jpg");
        assertThat(Cells.cutMiddle("aaaa👩\u200d💻bbbb", 5)).isEqualTo("aa…bb");
        assertThat(Cells.cutMiddle("e\u0301e\u0301e\u0301e\u0301", 3)).isEqualTo("e\u0301…e\u0301");
        for (String text : List.of("写真写真", "👩\u200d💻👩\u200d💻👩\u200d💻", "aé🇪🇸")) {
            for (int columns = 0; columns < 10; columns++) {
                assertThat(Cells.of(Cells.cutMiddle(text, columns))).isLessThanOrEqualTo(columns);
            }
        }
    }

    @Test
    void padsToColumns() {
        assertThat(Cells.pad("写", 4)).isEqualTo("写  ");
        assertThat(Cells.padLeft("e\u0301", 3)).isEqualTo("  e\u0301");
        assertThat(new AttributedString(Cells.pad("한국", 9)).columnLength()).isEqualTo(9);
    }
}
