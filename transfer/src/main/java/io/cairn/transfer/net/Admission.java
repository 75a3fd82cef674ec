package io.cairn.transfer.net;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts strangers and sessions against their limits. Thread-safe. */
final class Admission {
    private final TransferLimits limits;
    private final AtomicInteger strangers = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();

    Admission(TransferLimits limits) {
        this.limits = limits;
    }

    /** Lets a connection in that has not said HELLO. */
    boolean admitStranger() {
        return admit(strangers, limits.strangersMax());
    }

    void strangerGone() {
        strangers.decrementAndGet();
    }

    /**
     * Admits a session, accepted or dialled. Does not change the count of strangers: the {@link Acceptance} of an accepted connection
     * does that, once, and a dialled connection was never counted as one.
     */
    boolean admitSession() {
        return admit(sessions, limits.sessionsMax());
    }

    void sessionGone() {
        sessions.decrementAndGet();
    }

    private static boolean admit(AtomicInteger count, int max) {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
