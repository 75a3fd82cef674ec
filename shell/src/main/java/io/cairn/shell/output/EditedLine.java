package io.cairn.shell.output;

/** The line that a person edits, and what is printed around it. */
public interface EditedLine {
    /** The width of the terminal now. */
    int columns();

    /** Prints above the line; returns false, and prints nothing, if none is being edited. */
    boolean printAbove(String lines);

    /** Draws what is below the line again, if one is being edited. */
    void redraw();
}
