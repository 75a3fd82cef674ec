package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

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
}
