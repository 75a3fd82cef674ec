package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.List;

/**
 * Figures of a swarm since its start.
 *
 * @param receivedBytes on all sessions, those that have ended included
 * @param sentBytes likewise
 * @param sessions under way
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
