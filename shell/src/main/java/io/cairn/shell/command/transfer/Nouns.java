package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.work.TargetResolver;
import java.util.List;

/** The optional noun between a verb and its object: {@code fetch hash HASH} means {@code fetch HASH}. */
final class Nouns {
    private Nouns() {}

    /**
     * The words besides the noun, with spaces between them: one that is complete in itself, or several of a listed name.
     *
     * @throws CairnException of kind USAGE if one of several is complete in itself
     */
    static String wanted(String noun, List<String> words, String verb) throws CairnException {
        boolean hasNoun = words.size() > 1 && words.get(0).equals(noun);
        List<String> wanted = hasNoun ? words.subList(1, words.size()) : words;
        return wanted.stream().anyMatch(TargetResolver::isWhole) ? only(noun, wanted, verb) : String.join(" ", wanted);
    }

    /**
     * The only word besides the noun.
     *
     * @throws CairnException of kind USAGE if there are two
     */
    static String only(String noun, List<String> words, String verb) throws CairnException {
        if (words.size() == 1) {
            return words.get(0);
        }
        if (words.get(0).equals(noun)) {
            return words.get(1);
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                verb + " takes one " + noun + ", not two",
                "\"" + words.get(1) + "\" is one too many",
                "give the command once for each");
    }
}
