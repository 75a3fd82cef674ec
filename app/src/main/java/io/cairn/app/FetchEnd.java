package io.cairn.app;

/** How one run of a fetch ended. Nothing of the run moves any more. */
sealed interface FetchEnd {
    /** The verified file is in place. */
    record Placed(FetchEvent.Complete complete) implements FetchEnd {}

    /** @param anythingKept whether part of it is kept for the next run */
    record GaveUp(CairnException failure, boolean anythingKept) implements FetchEnd {}
}
