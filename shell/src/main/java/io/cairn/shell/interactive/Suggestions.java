package io.cairn.shell.interactive;

import java.util.List;

/** What may come next in a line. */
public interface Suggestions {
    /**
     * Words that fit.
     *
     * @param before the words before the one being typed
     */
    List<Suggestion> words(List<String> before);

    /** Whether the name of a file fits. */
    boolean wantsFile(List<String> before);

    /**
     * A word that fits.
     *
     * @param about shown beside it; may be empty
     */
    record Suggestion(String word, String about) {}
}
