package io.cairn.app;

import java.util.Locale;

/** Where a fetch is in its life. The user sees the name in lower case. */
enum FetchPhase {
    /** Whether it can begin is being checked; the user sees it as queued. */
    CHECKING,
    QUEUED,
    LOOKUP,
    MANIFEST,
    COMPARING,
    CHUNKS,
    PLACING,
    PAUSED,
    /** It failed and is tried again later. */
    WAITING,
    DONE,
    FAILED,
    STOPPED,
    CANCELLED;

    /** As {@link Fetch.Status#state} has it. */
    String text() {
        return (this == CHECKING ? QUEUED : this).name().toLowerCase(Locale.ROOT);
    }

    boolean isEnded() {
        return switch (this) {
            case DONE, FAILED, STOPPED, CANCELLED -> true;
            default -> false;
        };
    }

    /** Whether another fetch of the hash may begin: this one moves only when the user, or time, says so, or is not accepted yet. */
    boolean letsOthersBegin() {
        return isEnded() || this == PAUSED || this == WAITING || this == CHECKING;
    }
}
