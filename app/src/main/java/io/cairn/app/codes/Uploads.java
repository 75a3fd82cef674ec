package io.cairn.app.codes;

import io.cairn.app.network.Peers;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.peer.SwarmStatistics.Session;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether receivers take what is sent: bytes go out in their sessions. What strangers take of the same share, which may be open, says
 * nothing. On the loop.
 */
final class Uploads {
    /** How long receivers that have not settled may take nothing before they are given up, once the time is over. */
    static final long QUIET_MILLIS = 120_000;

    private final Clock clock;
    private final Supplier<List<Session>> sessions;
    private long bytes;
    private long signMillis;

    /** @param sessions of this node, as they are now */
    Uploads(Clock clock, Supplier<List<Session>> sessions) {
        this.clock = clock;
        this.sessions = sessions;
    }

    /** A receiver shows by something else that it is there. */
    void sign() {
        signMillis = clock.monotonicMillis();
    }

    /** Milliseconds since the last sign, or since {@link #quietMillis} last saw more bytes go to these receivers. */
    long quietMillis(Set<NodeId> receivers) {
        long now = sessions.get().stream()
                .filter(session -> receivers.contains(Peers.node(session.peer())))
                .mapToLong(Session::sentBytes)
                .sum();
        if (now > bytes) {
            sign();
        }
        bytes = now; // less, when a session has ended
        return clock.monotonicMillis() - signMillis;
    }
}
