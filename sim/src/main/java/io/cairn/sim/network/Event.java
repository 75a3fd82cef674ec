package io.cairn.sim.network;

import org.jspecify.annotations.Nullable;

/** Something that happens at an instant: itself a link of the list it waits in, so that waiting costs no further object. */
abstract class Event {
    /** Not waiting. */
    static final int NOWHERE = -1;

    @Nullable
    Event next;

    @Nullable
    Event previous;

    int slot = NOWHERE;
    long atMillis;

    /** What happens; the clock of the queue shows the instant. */
    abstract void happen();
}
