package io.cairn.control.reach;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long to wait while a process starts or ends a node. */
final class Patience {
    /** Longer than a node needs to end: five seconds to leave, and a start. */
    static final int SECONDS = 10;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long begunNanos = System.nanoTime();

    boolean isOver() {
        return System.nanoTime() - begunNanos > TimeUnit.SECONDS.toNanos(SECONDS);
    }

    /** Waits before the next attempt. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
