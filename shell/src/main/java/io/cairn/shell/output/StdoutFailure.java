package io.cairn.shell.output;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import java.io.IOException;
import java.util.Locale;

/**
 * Why data could not be written.
 *
 * @param cause of what kind
 * @param text what the system says
 */
public record StdoutFailure(Cause cause, String text) {
    /** What kind of failure. */
    public enum Cause {
        /** The program that read the pipe has ended: no error, and nothing to tell. */
        READER_GONE,
        DISK_FULL,
        /** Stdout is closed, or anything else. */
        UNUSABLE
    }

    /**
     * Java gives only the system's text, and what stdout is connected to.
     *
     * @param isPipe whether it is a pipe or a socket: if that is open, it fails in no other way than that nobody reads it
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

    /** What to tell the user. */
    public CairnException explained() {
        return cause == Cause.DISK_FULL
                ? new CairnException(
                        Kind.DISK_FULL, "cannot write to stdout", text, "make room there, or send the output elsewhere")
                : new CairnException(
                        Kind.OTHER,
                        "cannot write to stdout",
                        text,
                        "send the output to a file, pipe, or terminal that can be written");
    }
}
