package io.cairn.app.codes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The 2,048 words of codes: common, short, and no two alike but for one letter. */
public final class CodeWords {
    /** How many there are: 11 bits each. */
    public static final int COUNT = 2_048;

    private CodeWords() {}

    /** All of them, sorted. */
    public static List<String> all() {
        return Loaded.WORDS;
    }

    /**
     * What a code that is being typed may become: for {@code 7-or}, {@code 7-orbit-} and others; for {@code 7-orbit-la}, whole codes.
     * Nothing before the first hyphen.
     */
    public static List<String> completing(String typed) {
        int last = typed.lastIndexOf('-');
        long hyphens = typed.chars().filter(letter -> letter == '-').count();
        if (hyphens < 1 || hyphens > 2) {
            return List.of();
        }
        return all().stream()
                .filter(word -> word.startsWith(typed.substring(last + 1)))
                .map(word -> typed.substring(0, last + 1) + word + (hyphens == 1 ? "-" : ""))
                .toList();
    }

    /** The word at a place, counted around. */
    static String at(long place) {
        return all().get((int) Math.floorMod(place, (long) COUNT));
    }

    private static final class Loaded {
        private static final List<String> WORDS = read();

        private Loaded() {}

        private static List<String> read() {
            try (InputStream words = CodeWords.class.getResourceAsStream("words.txt")) {
                if (words == null) {
                    throw new IllegalStateException("the list of words is missing");
                }
                return new String(words.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .toList();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
