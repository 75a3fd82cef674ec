package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.app.CairnException;
import io.cairn.transfer.content.ShellWord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void readsWhatAHintPrintsAsBashDoes() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "a=-~ '\"\\\t\n$&;*[]{}!#\u00e9\u202e\u0001\ud83d\ude00".replace("\ud83d\ude00", "");
        List<String> texts = new ArrayList<>(List.of("\ud83d\ude00 x", "$'", "\\'", "=x", "~"));
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(8), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            texts.add(text.toString());
        }
        List<String> quoted = texts.stream().map(ShellWord::of).toList();
        assertThat(Words.of(String.join(" ", quoted))).as("seed %d", seed).isEqualTo(texts);
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Process bash = new ProcessBuilder("/bin/bash", "-c", "printf '%s\\0' " + String.join(" ", quoted)).start();
        String read = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read).as("seed %d", seed).isEqualTo(String.join("\0", texts) + "\0");
    }

    @Test
    void readsTheEscapesOfAnAnsiQuote() throws CairnException {
        assertThat(Words.of("$'a\\tb' x$'\\x41\\102'y $'\\'\\\\\\q'")).containsExactly("a\tb", "xABy", "'\\q");
        assertThat(Words.of("\"$'x'\" \\$'y'")).containsExactly("$'x'", "$y");
        assertThatThrownBy(() -> Words.of("$'open")).isInstanceOf(CairnException.class);
    }
}
