package io.cairn.shell.output;

/** The word in front of a line that tells how something goes. */
public final class Stage {
    static final int COLUMNS = 11;

    private Stage() {}

    /** The word, padded so that what follows stands in one column. */
    public static String label(String word) {
        return word + " ".repeat(Math.max(1, COLUMNS - word.length()));
    }
}
