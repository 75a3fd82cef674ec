package io.cairn.shell.output;

/** A line about something that goes on, redrawn in place on a terminal. */
interface LiveLine {
    /** The line on a terminal; never as wide as that, since some wrap at the last column. */
    String fit(int columns);

    /** The line in a log. */
    String plain();
}
