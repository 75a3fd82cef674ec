package io.cairn.transfer.store.state;

import java.io.IOException;

/** The state database cannot be used. The message names the file and says why. */
public final class StateDatabaseException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    public StateDatabaseException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    StateDatabaseException(Trouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /** The kind of problem, which determines the remedy. */
    public Trouble trouble() {
        return trouble;
    }

    /** The kinds of problem. */
    public enum Trouble {
        /** Its bytes are corrupt. */
        DAMAGED,
        OF_ANOTHER_PROGRAM,
        OF_A_NEWER_VERSION,
        /** Another program has locked it. */
        LOCKED,
        DISK_FULL,
        /** The file has no tables. */
        EMPTY,
        /** This user may not write it, or its file system is read-only. */
        DENIED,
        /** Any other problem. */
        UNUSABLE
    }
}
