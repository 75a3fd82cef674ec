package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.List;

/**
 * Statistics of a swarm since its start.
 *
 * @param receivedBytes on all sessions, including those that have ended
 * @param sentBytes likewise
 * @param sessions open sessions
 * @param chunks received by fetches
 */
public record SwarmStatistics(long receivedBytes, long sentBytes, List<Session> sessions, Chunks chunks) {
    public SwarmStatistics {
        sessions = List.copyOf(sessions);
    }

    /**
     * One session.
     *
     * @param dialled whether this node opened it
     */
    public record Session(PeerId peer, Endpoint endpoint, boolean dialled, long receivedBytes, long sentBytes) {}

    /**
     * Chunks received by fetches.
     *
     * @param good chunks that match their digests
     * @param bad chunks that do not
     * @param deliveries how long they took, from the request to the last byte
     */
    public record Chunks(long good, long bad, DurationCounts deliveries) {}
}
