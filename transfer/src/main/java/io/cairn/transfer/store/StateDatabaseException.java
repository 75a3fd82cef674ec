package io.cairn.transfer.store;

import java.io.IOException;

/** The state database cannot be used: damaged, written by a newer version, locked. The message says which and what to do. */
public final class StateDatabaseException extends IOException {
    private static final long serialVersionUID = 1L;

    StateDatabaseException(String message) {
        super(message);
    }

    StateDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
