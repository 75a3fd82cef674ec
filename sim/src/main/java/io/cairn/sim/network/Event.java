package io.cairn.sim.network;

import org.jspecify.annotations.Nullable;

/** An event at an instant. It is itself a link of the list it waits in, so that waiting needs no further object. */
abstract class Event {
    /** Not waiting. */
    static final int NOWHERE = -1;

    @Nullable
    Event next;

    @Nullable
    Event previous;

    int slot = NOWHERE;
    long atMillis;

    /** Runs the event; the clock of the queue shows the instant. */
    abstract void happen();
}
