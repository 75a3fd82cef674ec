package io.cairn.shell.interactive;

import java.util.List;

/** The completions of a line. */
public interface Suggestions {
    /**
     * The matching words.
     *
     * @param before the words before the one being typed
     */
    List<Suggestion> words(List<String> before);

    /**
     * The matching words, for words that are completed in parts; one that ends in a hyphen goes on.
     *
     * @param typed the word being typed, as far as it is there
     */
    default List<Suggestion> words(List<String> before, String typed) {
        return words(before);
    }

    /** Whether a file name may follow. */
    boolean wantsFile(List<String> before);

    /**
     * A matching word.
     *
     * @param about shown beside it; may be empty
     */
    record Suggestion(String word, String about) {}
}
