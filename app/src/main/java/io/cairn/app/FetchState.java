package io.cairn.app;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The state of a fetch, and the allowed steps between states. Text and JSON output use the name in lower case. */
public enum FetchState {
    /** It waits for a free slot, or for its hash to be released. */
    QUEUED,
    /** It looks for peers, or for another source after the first failed. */
    LOOKUP,
    /** The manifest is known, and storage for the chunks is open. */
    MANIFEST,
    /** Files at the target are compared with the share. */
    COMPARING,
    CHUNKS,
    /** Every chunk is verified; the files move to their target. */
    PLACING,
    PAUSED,
    /** It failed and will be retried. */
    WAITING,
    DONE,
    FAILED,
    STOPPED,
    CANCELLED;

    /** The name in output. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the fetch is over. */
    public boolean isEnded() {
        return switch (this) {
            case DONE, FAILED, STOPPED, CANCELLED -> true;
            case QUEUED, LOOKUP, MANIFEST, COMPARING, CHUNKS, PLACING, PAUSED, WAITING -> false;
        };
    }

    /** Whether another fetch of the same hash may start: this one continues only on request or after a delay. */
    public boolean letsOthersBegin() {
        return isEnded() || this == PAUSED || this == WAITING;
    }

    /** Whether this state may follow another. */
    boolean mayFollow(FetchState before) {
        return before.next().contains(this);
    }

    /**
     * The state after a step.
     *
     * @throws IllegalStateException if the table has no such step
     */
    public FetchState step(FetchState to) {
        if (!to.mayFollow(this)) {
            throw new IllegalStateException("a fetch that is " + text() + " cannot become " + to.text());
        }
        return to;
    }

    private Set<FetchState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(QUEUED, LOOKUP, PAUSED, FAILED, STOPPED, CANCELLED);
            case LOOKUP -> orHalted(LOOKUP, COMPARING, MANIFEST);
            case COMPARING -> orHalted(COMPARING, MANIFEST, LOOKUP);
            case MANIFEST -> orHalted(CHUNKS, LOOKUP);
            case CHUNKS -> orHalted(PLACING, LOOKUP);
            case PLACING -> orHalted(DONE, LOOKUP);
            case PAUSED -> EnumSet.of(QUEUED, FAILED, STOPPED, CANCELLED);
            case WAITING -> EnumSet.of(WAITING, QUEUED, PAUSED, FAILED, STOPPED, CANCELLED);
            case FAILED, STOPPED -> EnumSet.of(CANCELLED);
            case CANCELLED -> EnumSet.of(CANCELLED);
            case DONE -> EnumSet.noneOf(FetchState.class);
        };
    }

    /** A running fetch may halt in any of its states. */
    private static Set<FetchState> orHalted(FetchState... onwards) {
        Set<FetchState> next = EnumSet.of(PAUSED, WAITING, FAILED, STOPPED, CANCELLED);
        next.addAll(Set.of(onwards));
        return next;
    }
}
