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

    /** Makes a stranger a peer; if there is no room it remains a stranger. */
    boolean admitSession() {
        if (!admit(sessions, limits.sessionsMax())) {
            return false;
        }
        strangers.decrementAndGet();
        return true;
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
