package io.cairn.transfer.net;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts sessions, accepted and dialled, against their limit. Thread-safe. */
final class Admission {
    private final int sessionsMax;
    private final AtomicInteger sessions = new AtomicInteger();

    Admission(int sessionsMax) {
        this.sessionsMax = sessionsMax;
    }

    boolean admitSession() {
        if (sessions.incrementAndGet() <= sessionsMax) {
            return true;
        }
        sessions.decrementAndGet();
        return false;
    }

    void sessionGone() {
        sessions.decrementAndGet();
    }
}
