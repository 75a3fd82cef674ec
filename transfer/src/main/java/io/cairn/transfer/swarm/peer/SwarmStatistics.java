package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.List;

/**
 * Statistics of a swarm since its start.
 *
 * @param receivedBytes on all sessions, including those that have ended
 * @param sentBytes likewise
 * @param sessions open sessions
 */
public record SwarmStatistics(long receivedBytes, long sentBytes, List<Session> sessions) {
    public SwarmStatistics {
        sessions = List.copyOf(sessions);
    }

    /**
     * One session.
     *
     * @param dialled whether this node opened it
     */
    public record Session(PeerId peer, Endpoint endpoint, boolean dialled, long receivedBytes, long sentBytes) {}
}
