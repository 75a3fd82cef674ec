package io.cairn.transfer.net.admission;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of sessions, accepted and dialled. Identities are free, so one address could use up the limit. When it is reached, an
 * accepted session of the busiest network, and there of the busiest address, may be displaced: the one that has moved no chunk for longest.
 * A session that this node dials displaces it, as does one from a less busy address, and any session does if it is idle; otherwise the
 * newcomer is refused, so that active sessions do not displace each other. Thread-safe.
 */
public final class SessionAdmission {
    private final int sessionsMax;
    private final Set<Session> sessions = new LinkedHashSet<>();

    public SessionAdmission(int sessionsMax) {
        this.sessionsMax = sessionsMax;
    }

    /** One session. */
    public static final class Session {
        private final InetAddress address;
        private final boolean isDialled;
        private final Runnable close;
        private volatile long movedMillis;

        private Session(InetAddress address, boolean isDialled, Runnable close, long nowMillis) {
            this.address = address;
            this.isDialled = isDialled;
            this.close = close;
            this.movedMillis = nowMillis;
        }

        /** Part of a chunk was sent or received. */
        public void moved(long nowMillis) {
            movedMillis = nowMillis;
        }
    }

    /**
     * Admits a session; another may have to close for it.
     *
     * @param close called if this session is displaced later, on the thread that brings the other one
     * @return null if there is no room
     */
    @Nullable
    public Session admit(InetAddress address, boolean isDialled, Runnable close, long nowMillis) {
        Session newcomer = new Session(address, isDialled, close, nowMillis);
        Session tooMany = null;
        synchronized (this) {
            if (sessions.size() >= sessionsMax) {
                tooMany = leastWelcome(newcomer, nowMillis);
                if (tooMany == null) {
                    return null;
                }
                sessions.remove(tooMany);
            }
            sessions.add(newcomer);
        }
        if (tooMany != null) {
            tooMany.close.run();
        }
        return newcomer;
    }

    public synchronized void left(Session session) {
        sessions.remove(session);
    }

    private @Nullable Session leastWelcome(Session newcomer, long nowMillis) {
        List<Session> accepted =
                sessions.stream().filter(session -> !session.isDialled).toList();
        Crowd crowd = new Crowd();
        crowd.add(newcomer.address);
        accepted.forEach(session -> crowd.add(session.address));
        return crowd.busiest(accepted, session -> session.address).stream()
                .min(Comparator.comparingLong(session -> session.movedMillis))
                .filter(session -> newcomer.isDialled
                        || crowd.isBusier(session.address, newcomer.address)
                        || nowMillis - session.movedMillis >= TransferLimits.SESSION_IDLE_MILLIS)
                .orElse(null);
    }
}
