package io.cairn.sim.scenario;

import io.cairn.dht.wire.WireSizes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One experiment on a simulated network, as data: how it begins, what befalls it, what is measured, and what is expected to come out.
 * Times count from the moment when the network stands.
 *
 * @param name what it is called, as a word
 * @param title what it shows, in a sentence
 * @param seed makes a run repeatable
 * @param nodes living at the beginning, 2 to 5,000,000
 * @param start how the network comes about
 * @param isSigned whether datagrams are real, signed bytes; otherwise they are handed over as they are, which is ten times as fast
 * @param durationMillis how long it is watched
 * @param sampleMillis how long one point of the curves lasts
 * @param churn nodes that come and go, if any do
 * @param adversaries nodes that do not follow the protocol, if there are any
 */
public record Scenario(
        String name,
        String title,
        long seed,
        int nodes,
        Start start,
        boolean isSigned,
        long durationMillis,
        long sampleMillis,
        Kademlia kademlia,
        Link link,
        @Nullable Churn churn,
        @Nullable Adversaries adversaries,
        List<Death> deaths,
        List<Partition> partitions,
        List<Publication> publications,
        List<Searches> searches,
        List<Lookups> lookups,
        List<TableCheck> tableChecks,
        List<Expectation> expectations) {
    private static final int NODES_MAX = 5_000_000;
    private static final int POINTS_MAX = 100_000;

    public Scenario {
        deaths = List.copyOf(deaths);
        partitions = List.copyOf(partitions);
        publications = List.copyOf(publications);
        searches = List.copyOf(searches);
        lookups = List.copyOf(lookups);
        tableChecks = List.copyOf(tableChecks);
        expectations = List.copyOf(expectations);
        require(nodes >= 2 && nodes <= NODES_MAX, "nodes: 2 to 5,000,000, not " + nodes);
        require(durationMillis >= 1, "duration: more than nothing");
        require(
                sampleMillis >= 1 && durationMillis / sampleMillis < POINTS_MAX,
                "sample: so long that fewer than 100,000 fit the duration");
        Set<String> names = new LinkedHashSet<>();
        names.addAll(List.of("upkeep", "churn", "run"));
        for (Measurement measurement : measurements(publications, searches, lookups, tableChecks)) {
            require(names.add(measurement.name()), "two measurements are called \"" + measurement.name() + "\"");
            require(
                    measurement.endMillis() <= durationMillis,
                    "\"" + measurement.name() + "\" ends after the duration of the scenario");
        }
        for (Death death : deaths) {
            require(death.atMillis() < durationMillis, "a death after the duration of the scenario");
        }
    }

    public Scenario withSeed(long other) {
        return copy(other, nodes, expectations);
    }

    /** The same at another size. What is expected holds for the size it was written for, so nothing is then expected. */
    public Scenario withNodes(int other) {
        return other == nodes ? this : copy(seed, other, List.of());
    }

    private Scenario copy(long otherSeed, int otherNodes, List<Expectation> otherExpectations) {
        return new Scenario(
                name,
                title,
                otherSeed,
                otherNodes,
                start,
                isSigned,
                durationMillis,
                sampleMillis,
                kademlia,
                link,
                churn,
                adversaries,
                deaths,
                partitions,
                publications,
                searches,
                lookups,
                tableChecks,
                otherExpectations);
    }

    private static List<Measurement> measurements(
            List<Publication> publications,
            List<Searches> searches,
            List<Lookups> lookups,
            List<TableCheck> tableChecks) {
        List<Measurement> all = new ArrayList<>(publications);
        all.addAll(searches);
        all.addAll(lookups);
        all.addAll(tableChecks);
        return all;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static void requirePart(String what, double part) {
        require(part >= 0 && part <= 1, what + ": 0 to 1, not " + part);
    }

    private static void requireSpan(long atMillis, long overMillis) {
        require(atMillis >= 0 && overMillis >= 0, "times are not negative");
    }

    /** How a network comes about. */
    public enum Start {
        /** One node after the other greets an earlier one and joins. */
        JOIN,
        /** Tables are filled by somebody who knows all nodes, as they would be after a long calm time. */
        ORACLE
    }

    /**
     * Parameters of the protocol; 0 leaves the default.
     *
     * @param k contacts in a bucket, holders of a record
     * @param alpha requests of one look-up in flight
     * @param paths disjoint paths with which a look-up begins
     */
    public record Kademlia(int k, int alpha, int paths) {
        public Kademlia {
            require(k >= 0 && k <= WireSizes.CONTACTS_MAX, "k: at most " + WireSizes.CONTACTS_MAX + ", not " + k);
            require(alpha >= 0 && alpha <= 100, "alpha: at most 100, not " + alpha);
            require(paths >= 0 && paths <= 20, "paths: at most 20, not " + paths);
        }

        public static Kademlia defaults() {
            return new Kademlia(0, 0, 0);
        }
    }

    /**
     * How datagrams travel.
     *
     * @param roundTripMillis mean of there and back
     * @param jitterMillis of one way, the mean of what changes from datagram to datagram; at most half a round trip
     * @param loss part that is lost, 0 to 1
     * @param duplication part that arrives twice, 0 to 1
     */
    public record Link(long roundTripMillis, long jitterMillis, double loss, double duplication) {
        public Link {
            require(roundTripMillis >= 0 && roundTripMillis <= 60_000, "round-trip: at most a minute");
            require(jitterMillis >= 0 && jitterMillis <= roundTripMillis / 2, "jitter: at most half a round trip");
            requirePart("loss", loss);
            requirePart("duplication", duplication);
        }
    }

    /**
     * Nodes leave without a word, and others come in their place. Sessions are heavy-tailed: see {@link io.cairn.sim.network.SessionLengths}.
     *
     * @param medianSessionMillis half of the sessions are shorter
     */
    public record Churn(long medianSessionMillis) {
        public Churn {
            require(medianSessionMillis >= 1_000, "median-session: at least a second");
        }
    }

    /**
     * Some of the living nodes fall silent at once.
     *
     * @param part of the living
     */
    public record Death(long atMillis, double part) {
        public Death {
            requireSpan(atMillis, 0);
            requirePart("part", part);
        }
    }

    /** What adversaries do. */
    public enum Behaviour {
        /** Answer nothing. */
        DROP,
        /** Stay in tables, and name only each other. */
        LIE,
        /** Stay in tables, name nodes that do not exist, and give records that nobody signed. */
        POISON,
        /** Lie, and have ids nearer to the first key that is published than any other node. */
        ECLIPSE
    }

    /**
     * Nodes that do not follow the protocol, from the beginning.
     *
     * @param part of all nodes
     */
    public record Adversaries(double part, Behaviour behaviour) {
        public Adversaries {
            require(part >= 0 && part <= 0.9, "part: 0 to 0.9, not " + part);
        }
    }

    /**
     * For a time the network is in parts that do not hear each other.
     *
     * @param parts how many, equally large
     */
    public record Partition(long atMillis, long overMillis, int parts) {
        public Partition {
            requireSpan(atMillis, overMillis);
            require(parts >= 2 && parts <= 100, "parts: 2 to 100, not " + parts);
        }
    }

    /** Something that is measured under a name. */
    public sealed interface Measurement {
        String name();

        /** When it has been started for the last time. */
        long endMillis();
    }

    /**
     * Look-ups for the nodes closest to random keys, by random living nodes, evenly spread over a time.
     *
     * @param overMillis 0 starts all at once
     */
    public record Lookups(String name, long atMillis, long overMillis, int count) implements Measurement {
        public Lookups {
            requireName(name);
            requireSpan(atMillis, overMillis);
            require(count >= 1, "count: at least 1");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /**
     * Publishers announce contents, and live until the end.
     *
     * @param publishers how many, evenly spread over a time
     * @param keys what each announces at once: the root and its chunks
     * @param finders random nodes that look for the root as soon as a publisher is done
     */
    public record Publication(String name, long atMillis, long overMillis, int publishers, int keys, int finders)
            implements Measurement {
        public Publication {
            requireName(name);
            requireSpan(atMillis, overMillis);
            require(publishers >= 1 && keys >= 1 && finders >= 0, "publishers and keys: at least 1");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /** Searches for the providers of keys published earlier, by random living nodes, evenly spread over a time. */
    public record Searches(String name, long atMillis, long overMillis, int count) implements Measurement {
        public Searches {
            requireName(name);
            requireSpan(atMillis, overMillis);
            require(count >= 1, "count: at least 1");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /** A look into the routing tables of all living nodes at once. */
    public record TableCheck(String name, long atMillis) implements Measurement {
        public TableCheck {
            requireName(name);
            requireSpan(atMillis, 0);
        }

        @Override
        public long endMillis() {
            return atMillis;
        }
    }

    private static void requireName(String name) {
        require(!name.isBlank() && name.length() <= 30 && name.indexOf('.') < 0, "a name is short and has no dot");
    }
}
