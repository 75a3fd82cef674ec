package io.cairn.transfer.net.admission;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions, accepted and dialled, against their limit. Identities are free: one address could fill it. So when there is no room,
 * an accepted session of the busiest network, and there of the busiest address, makes way: the one on which the longest no chunk has
 * moved. It does so for a session that this node opens itself, for one of a less busy address, and for any if it lies idle; else the
 * newcomer is refused, so that sessions at work do not displace each other. Thread-safe.
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

        /** Something of a chunk came or went. */
        public void moved(long nowMillis) {
            movedMillis = nowMillis;
        }
    }

    /**
     * Lets a session in, for which another may have to go.
     *
     * @param close is run if it has to make room later, on the thread that brings another one
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
