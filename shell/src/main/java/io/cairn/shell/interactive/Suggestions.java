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

    /** Whether a file name may follow. */
    boolean wantsFile(List<String> before);

    /**
     * A matching word.
     *
     * @param about shown beside it; may be empty
     */
    record Suggestion(String word, String about) {}
}
