package io.cairn.app.catalogue;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Words that a name must contain, in any case and whichever way its accents are written. */
record NameWords(List<String> words) {
    NameWords {
        words = words.stream().map(NameWords::plain).toList();
    }

    boolean areIn(String name) {
        if (words.isEmpty()) {
            return true;
        }
        String plain = plain(name);
        return words.stream().allMatch(plain::contains);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
