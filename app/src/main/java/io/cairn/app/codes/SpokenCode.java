package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.transfer.protocol.code.CodeCodec;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A code that one can say: {@code 7-orbit-lamp}.
 *
 * @param number where sender and receiver meet; no secret
 * @param words what they alone know, such as {@code orbit-lamp}
 */
record SpokenCode(int number, String words) {
    private static final Pattern TEXT = Pattern.compile(
            "%1$s*0*([1-9][0-9]{0,3})%1$s+(\\p{L}{1,32})%1$s+(\\p{L}{1,32})%1$s*".formatted("[^\\p{L}\\p{N}]"));

    /** A new one with words drawn at random. */
    static SpokenCode draw(int number, RandomGenerator random) {
        return new SpokenCode(
                number,
                CodeWords.at(random.nextInt(CodeWords.COUNT)) + "-" + CodeWords.at(random.nextInt(CodeWords.COUNT)));
    }

    /** The words that both sides see if they share a key. */
    static String phrase(long number) {
        return CodeWords.at(number / CodeWords.COUNT) + " " + CodeWords.at(number);
    }

    /**
     * Reads a code in either case, with whatever separates its parts or surrounds it: hyphens, spaces, commas, a full stop.
     *
     * @throws CairnException of kind USAGE if it is no code; of kind DENIED if it has a word that no code has: it costs the sender no try
     */
    static SpokenCode parse(String text) throws CairnException {
        Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a code: " + (text.isBlank() ? "nothing" : text),
                    "a code is a number from 1 to " + CodeCodec.NUMBER_MAX + " and two words, as in 7-orbit-lamp",
                    "ask the sender for it again");
        }
        for (String word : new String[] {parts.group(2), parts.group(3)}) {
            if (Collections.binarySearch(CodeWords.all(), word) < 0) {
                throw new CairnException(
                        Kind.DENIED,
                        "wrong code: " + text,
                        "no code has the word " + word
                                + like(word)
                                        .map(known -> "; is it " + known + "?")
                                        .orElse(""),
                        "ask the sender for the code again; this was not counted as a try");
            }
        }
        return new SpokenCode(Integer.parseInt(parts.group(1)), parts.group(2) + "-" + parts.group(3));
    }

    /** The word that was most likely meant. */
    private static Optional<String> like(String word) {
        return CodeWords.all().stream()
                .filter(known -> isOneEditAway(known, word))
                .findFirst();
    }

    /** Whether a letter was left out, put in, replaced, or swapped with the next. */
    private static boolean isOneEditAway(String known, String word) {
        int same = 0;
        while (same < Math.min(known.length(), word.length()) && known.charAt(same) == word.charAt(same)) {
            same++;
        }
        String restOfKnown = known.substring(same);
        String rest = word.substring(same);
        boolean isSwap = rest.length() > 1
                && restOfKnown.length() > 1
                && rest.charAt(0) == restOfKnown.charAt(1)
                && rest.charAt(1) == restOfKnown.charAt(0)
                && rest.substring(2).equals(restOfKnown.substring(2));
        return isSwap
                || !rest.isEmpty() && rest.substring(1).equals(restOfKnown)
                || !restOfKnown.isEmpty() && restOfKnown.substring(1).equals(rest)
                || !rest.isEmpty()
                        && !restOfKnown.isEmpty()
                        && rest.substring(1).equals(restOfKnown.substring(1));
    }

    String text() {
        return number + "-" + words;
    }

    /** Without the words, which are secret. */
    @Override
    public String toString() {
        return "SpokenCode " + number;
    }
}
