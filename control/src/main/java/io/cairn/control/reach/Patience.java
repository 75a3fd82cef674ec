package io.cairn.control.reach;

import io.cairn.app.CairnException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long to wait while a process starts or ends a node. */
final class Patience {
    /** Longer than a node needs to end: five seconds to leave, and a start. */
    static final int SECONDS = 10;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BooleanSupplier wanted;
    private final long begunNanos = System.nanoTime();

    /** @param wanted whether to wait on */
    Patience(BooleanSupplier wanted) {
        this.wanted = wanted;
    }

    boolean isOver() {
        return System.nanoTime() - begunNanos > TimeUnit.SECONDS.toNanos(SECONDS);
    }

    /**
     * Waits before the next attempt.
     *
     * @throws CairnException of kind INTERRUPTED if there is to be none
     */
    void pause() throws CairnException {
        if (!wanted.getAsBoolean()) {
            throw new CairnException(
                    CairnException.Kind.INTERRUPTED,
                    "stopped waiting for the node of this data directory",
                    "it was told to",
                    "run it again");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
