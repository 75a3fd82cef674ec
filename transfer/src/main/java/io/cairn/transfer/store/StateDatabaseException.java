package io.cairn.transfer.store;

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

    /** What is wrong, on which it depends what helps. */
    public Trouble trouble() {
        return trouble;
    }

    /** What can be wrong. */
    public enum Trouble {
        /** Its bytes are not what was written. */
        DAMAGED,
        OF_ANOTHER_PROGRAM,
        OF_A_NEWER_VERSION,
        /** Another program has it. */
        LOCKED,
        DISK_FULL,
        /** There is nothing in it. */
        EMPTY,
        /** The operating system refuses, or anything else. */
        UNUSABLE
    }
}
