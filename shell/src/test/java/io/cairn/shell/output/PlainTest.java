package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(Plain.line("Ein Bild – 写真 🎬.jpg")).isEqualTo("Ein Bild – 写真 🎬.jpg");
    }

    @Test
    void disarmsWhatBreaksLinesOrTalksToTheTerminal() {
        assertThat(Plain.line("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
        assertThat(Plain.line("\u001b]0;x\u0007")).isEqualTo("\\u{1b}]0;x\\u{7}");
        assertThat(Plain.line("exe.\u202egpj")).isEqualTo("exe.\\u{202e}gpj");
        assertThat(Plain.line("a\u2028b\u0085c\ud800")).isEqualTo("a\\u{2028}b\\u{85}c\\u{d800}");
    }

    @Test
    void joinsEmoji() {
        for (String emoji : List.of(
                "👩\u200d💻",
                "👨\u200d👩\u200d👧\u200d👦",
                "🏳\ufe0f\u200d🌈",
                "👩🏽\u200d🚀",
                "❤\ufe0f\u200d🔥",
                "🧑\u200d⚕\ufe0f",
                "🐈\u200d⬛")) {
            assertThat(Plain.line("a " + emoji + ".jpg")).isEqualTo("a " + emoji + ".jpg");
        }
    }

    @Test
    void escapesAJoinerThatJoinsNothing() {
        assertThat(Plain.line("pay\u200dpal")).isEqualTo("pay\\u{200d}pal");
        assertThat(Plain.line("\u200d💻")).isEqualTo("\\u{200d}💻");
        assertThat(Plain.line("💻\u200d")).isEqualTo("💻\\u{200d}");
        assertThat(Plain.line("💻\u200dexe")).isEqualTo("💻\\u{200d}exe");
        assertThat(Plain.line("a\u200d💻")).isEqualTo("a\\u{200d}💻");
        assertThat(Plain.line("👩\u200d\u200d💻")).isEqualTo("👩\\u{200d}\\u{200d}💻");
        assertThat(Plain.line("©\u200d®")).isEqualTo("©\\u{200d}®");
        assertThat(Plain.line("♀\u200d♂")).isEqualTo("♀\\u{200d}♂");
        assertThat(Plain.line("👩\u202e\u200d💻")).isEqualTo("👩\\u{202e}\\u{200d}💻");
        assertThat(Plain.line("👩\ufe0f\ufe0f\u200d💻")).contains("\\u{200d}");
        assertThat(Plain.line("🏽\u200d💻")).isEqualTo("🏽\\u{200d}💻");
    }
}
