package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void cutsAsAShellDoes() throws CairnException {
        assertThat(Words.of("  a  b\tc ")).containsExactly("a", "b", "c");
        assertThat(Words.of("'a b' \"c d\" e\\ f")).containsExactly("a b", "c d", "e f");
        assertThat(Words.of("x'y z'\"1 2\"")).containsExactly("xy z1 2");
        assertThat(Words.of("'' \"\"")).containsExactly("", "");
        assertThat(Words.of("'it\\n' \"a\\\"b\\c\"")).containsExactly("it\\n", "a\"b\\c");
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of("C:\\\\x")).containsExactly("C:\\x");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> Words.of("a 'b")).isInstanceOf(CairnException.class);
        assertThatThrownBy(() -> Words.of("a \"b\\\"")).isInstanceOf(CairnException.class);
    }

    @Test
    void readsBackWhatIsQuoted() throws CairnException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, 6).forEach(c -> text.append("a '\"\\\t".charAt(c)));
            String quoted = "'" + text.toString().replace("'", "'\\''") + "'";
            assertThat(Words.of(quoted)).as("seed %d", seed).containsExactly(text.toString());
        }
    }
}
