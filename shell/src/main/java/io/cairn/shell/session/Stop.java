package io.cairn.shell.session;

import io.cairn.app.CairnException.Kind;
import io.cairn.shell.output.StdoutFailure;

/** Why a command is to end before it is done. */
public enum Stop {
    /** Ctrl-C, SIGINT. */
    INTERRUPT(130),
    /** SIGTERM; 0 for what only ends that way. */
    TERMINATE(143),
    /** Whoever read stdout has gone; the code a shell gives for SIGPIPE. */
    STDOUT_CLOSED(141),
    /** Data cannot be written: no room where stdout leads to. */
    STDOUT_FULL(Kind.DISK_FULL.exitCode()),
    /** Data cannot be written: stdout is closed, or anything else. */
    STDOUT_UNUSABLE(Kind.OTHER.exitCode());

    private final int exitCode;

    Stop(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What ends a run whose data cannot be written. */
    public static Stop because(StdoutFailure failure) {
        return switch (failure.cause()) {
            case READER_GONE -> STDOUT_CLOSED;
            case DISK_FULL -> STDOUT_FULL;
            case UNUSABLE -> STDOUT_UNUSABLE;
        };
    }

    /** Whether stdout could not be written. The writer reports that, if it is to be reported. */
    public boolean isOfStdout() {
        return this == STDOUT_CLOSED || this == STDOUT_FULL || this == STDOUT_UNUSABLE;
    }

    /** For a command that was not done. */
    public int exitCode() {
        return exitCode;
    }

    /** For a command that serves until it is told to end. */
    public int exitCodeOfServer() {
        return this == TERMINATE ? 0 : exitCode;
    }
}
