package io.cairn.shell.session;

import io.cairn.app.CairnException.Kind;
import io.cairn.shell.output.StdoutFailure;

/** Why a command is to end early. */
public enum Stop {
    /** Ctrl-C, SIGINT. */
    INTERRUPT(130),
    /** SIGTERM; 0 for a command that serves until then. */
    TERMINATE(143),
    /** The reader of stdout has gone; the code is the shell's for SIGPIPE. */
    STDOUT_CLOSED(141),
    /** Data cannot be written: the disk behind stdout is full. */
    STDOUT_FULL(Kind.DISK_FULL.exitCode()),
    /** Data cannot be written: stdout is closed, or another error. */
    STDOUT_UNUSABLE(Kind.OTHER.exitCode());

    private final int exitCode;

    Stop(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The reason for ending a run whose data cannot be written. */
    public static Stop because(StdoutFailure failure) {
        return switch (failure.cause()) {
            case READER_GONE -> STDOUT_CLOSED;
            case DISK_FULL -> STDOUT_FULL;
            case UNUSABLE -> STDOUT_UNUSABLE;
        };
    }

    /** Whether writing to stdout failed. The writer reports that, if it needs a report. */
    public boolean isOfStdout() {
        return this == STDOUT_CLOSED || this == STDOUT_FULL || this == STDOUT_UNUSABLE;
    }

    /** The exit code of an unfinished command. */
    public int exitCode() {
        return exitCode;
    }

    /** The exit code of a command that serves until it is stopped. */
    public int exitCodeOfServer() {
        return this == TERMINATE ? 0 : exitCode;
    }
}
