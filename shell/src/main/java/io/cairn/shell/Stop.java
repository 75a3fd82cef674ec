package io.cairn.shell;

/** Why a command is to end before it is done. */
enum Stop {
    /** Ctrl-C, SIGINT. */
    INTERRUPT(130),
    /** SIGTERM; 0 for what only ends that way. */
    TERMINATE(143),
    /** Whoever read stdout has gone; the code a shell gives for SIGPIPE. */
    STDOUT_CLOSED(141);

    private final int exitCode;

    Stop(int exitCode) {
        this.exitCode = exitCode;
    }

    /** For a command that was not done. */
    int exitCode() {
        return exitCode;
    }

    /** For a command that serves until it is told to end. */
    int exitCodeOfServer() {
        return this == TERMINATE ? 0 : exitCode;
    }
}
