package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;

/** The result of one run of a fetch. All work of the run has stopped. */
public sealed interface FetchEnd {
    /** The verified file is in place. */
    record Placed(FetchEvent.Complete complete) implements FetchEnd {}

    /** @param anythingKept whether part of it is kept for the next run */
    record GaveUp(CairnException failure, boolean anythingKept) implements FetchEnd {}
}
