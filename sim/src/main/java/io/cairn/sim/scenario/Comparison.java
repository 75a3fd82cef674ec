package io.cairn.sim.scenario;

import io.cairn.sim.chord.ChordExperiment;
import io.cairn.sim.chord.ChordReport;
import io.cairn.sim.chord.Route;
import java.util.List;

/**
 * Kademlia and Chord under the same latency, loss and deaths: full tables, ten idle minutes, then some nodes fall silent at one instant,
 * and within the next second all look-ups start.
 *
 * @param chord by fingers alone, and with the successor list
 */
public record Comparison(Report kademlia, List<ChordReport> chord) {
    private static final long IDLE_MILLIS = 600_000;
    private static final long SPREAD_MILLIS = 1_000;
    private static final long END_MILLIS = 660_000;

    public Comparison {
        chord = List.copyOf(chord);
    }

    /**
     * Runs one after the other.
     *
     * @param lookups by each, at least 1
     * @param deaths the fraction of the nodes that falls silent, 0 to less than 1
     * @throws IllegalArgumentException if a number is invalid
     */
    public static Comparison run(
            long seed, int nodes, Scenario.Link link, int lookups, double deaths, ScenarioRun.Progress progress)
            throws InterruptedException {
        Report kademlia = ScenarioRun.of(scenario(seed, nodes, link, lookups, deaths), progress);
        return new Comparison(
                kademlia,
                List.of(
                        ChordExperiment.run(seed, nodes, ScenarioRun.link(link), lookups, deaths, Route.FINGERS),
                        ChordExperiment.run(seed, nodes, ScenarioRun.link(link), lookups, deaths)));
    }

    /** Messages per node per second of Kademlia's upkeep, before the deaths. */
    public double kademliaUpkeep() {
        return kademlia.timeline().get(0).messagesPerSecond();
    }

    /**
     * The scenario of Kademlia's part, as described at {@link #run}.
     *
     * @throws IllegalArgumentException if a number is invalid
     */
    public static Scenario scenario(long seed, int nodes, Scenario.Link link, int lookups, double deaths) {
        Scenario.require(deaths >= 0 && deaths < 1, "deaths: 0 to less than 1, not " + deaths);
        return new Scenario(
                "compare",
                "Kademlia beside Chord",
                seed,
                nodes,
                Scenario.Start.ORACLE,
                false,
                END_MILLIS,
                IDLE_MILLIS,
                Scenario.Kademlia.defaults(),
                link,
                null,
                null,
                List.of(new Scenario.Death(IDLE_MILLIS, deaths)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Scenario.Lookups("look-ups", IDLE_MILLIS, SPREAD_MILLIS, lookups)),
                List.of(new Scenario.TableCheck("tables before", IDLE_MILLIS - 1)),
                RecordWork.NONE,
                List.of());
    }
}
