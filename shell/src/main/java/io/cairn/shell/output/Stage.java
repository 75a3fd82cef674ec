package io.cairn.shell.output;

/** The labels of lines about progress. */
public final class Stage {
    static final int COLUMNS = 11;

    private Stage() {}

    /** The label, padded so that the texts after it align. */
    public static String label(String word) {
        return word + " ".repeat(Math.max(1, COLUMNS - word.length()));
    }
}
