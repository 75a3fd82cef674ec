package io.cairn.shell.output;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import java.io.IOException;
import java.util.Locale;

/**
 * Why data could not be written.
 *
 * @param cause the kind of failure
 * @param text the system's message
 */
public record StdoutFailure(Cause cause, String text) {
    /** The kind of failure. */
    public enum Cause {
        /** The program that read the pipe has ended: not an error, and nothing to report. */
        READER_GONE,
        DISK_FULL,
        /** Stdout is closed, or anything else. */
        UNUSABLE
    }

    /**
     * Derives it from all that Java offers: the system's text, and what stdout is connected to.
     *
     * @param isPipe whether it is a pipe or a socket: an open one fails only if it has no reader
     */
    static StdoutFailure of(IOException failure, boolean isPipe) {
        String text = String.valueOf(failure.getMessage());
        String small = text.toLowerCase(Locale.ROOT);
        if (small.contains("bad file descriptor")) {
            return new StdoutFailure(Cause.UNUSABLE, "it is closed");
        }
        if (isPipe || small.contains("broken pipe") || small.contains("connection reset")) {
            return new StdoutFailure(Cause.READER_GONE, text);
        }
        boolean full = small.contains("no space left") || small.contains("quota exceeded");
        return new StdoutFailure(full ? Cause.DISK_FULL : Cause.UNUSABLE, text);
    }

    /** The error to show to the user. */
    public CairnException explained() {
        return cause == Cause.DISK_FULL
                ? new CairnException(
                        Kind.DISK_FULL,
                        "cannot write to stdout",
                        text,
                        "free some space there, or send the output elsewhere")
                : new CairnException(
                        Kind.OTHER,
                        "cannot write to stdout",
                        text,
                        "send the output to a file, pipe, or terminal that can be written");
    }
}
