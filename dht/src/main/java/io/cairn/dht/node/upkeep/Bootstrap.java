package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.RoutingTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints a node was told to begin with. One that has never answered is tried again, ever more rarely, even when others have been
 * found: else a node that missed it, and whoever joined through that node, would stay an island. While the table is poor, one that did
 * answer but is no contact any more is tried as well.
 */
final class Bootstrap {
    private static final long FIRST_PAUSE_MILLIS = 10_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;

    private final Map<Endpoint, Trial> trials = new LinkedHashMap<>();

    /** Takes note of endpoints that are being greeted now. */
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
     * An endpoint to be greeted now, after which its next turn is later.
     *
     * @param poor contacts below which one that did answer is worth a try
     * @param isCutOff whether no contact answers: then all are
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
