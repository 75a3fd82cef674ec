package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.RoutingTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bootstrap endpoints. One that has never answered is retried at growing intervals, even when other nodes have been found: otherwise a
 * node that missed it, and all nodes that joined through that node, would remain an island. While the table is poor, an endpoint that did
 * answer but is no longer a contact is retried as well.
 */
final class Bootstrap {
    private static final long FIRST_PAUSE_MILLIS = 10_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;

    private final Map<Endpoint, Trial> trials = new LinkedHashMap<>();

    /** Notes endpoints that are being greeted now. */
    void greeted(List<Endpoint> endpoints, long nowMillis) {
        endpoints.forEach(
                endpoint -> trials.put(endpoint, new Trial(false, nowMillis + FIRST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS)));
    }

    void answered(Endpoint endpoint) {
        trials.computeIfPresent(endpoint, (any, trial) -> new Trial(true, trial.dueMillis, LONGEST_PAUSE_MILLIS));
    }

    List<Endpoint> endpoints() {
        return List.copyOf(trials.keySet());
    }

    /**
     * An endpoint to greet now; its next turn is later.
     *
     * @param poor below this many contacts, an endpoint that did answer is worth another try
     * @param isCutOff whether no contact answers: then all endpoints are
     */
    Optional<Endpoint> takeDue(RoutingTable table, int poor, boolean isCutOff, long nowMillis) {
        for (Map.Entry<Endpoint, Trial> entry : trials.entrySet()) {
            Trial trial = entry.getValue();
            boolean isMissed = !table.contains(entry.getKey()) && (!trial.hasAnswered || table.size() < poor);
            boolean isWorthIt = isCutOff || isMissed;
            if (isWorthIt && trial.dueMillis <= nowMillis) {
                long pauseMillis = Math.min(2 * trial.pauseMillis, LONGEST_PAUSE_MILLIS);
                entry.setValue(new Trial(trial.hasAnswered, nowMillis + pauseMillis, pauseMillis));
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private record Trial(boolean hasAnswered, long dueMillis, long pauseMillis) {}
}
