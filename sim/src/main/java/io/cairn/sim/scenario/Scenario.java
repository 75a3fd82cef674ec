package io.cairn.sim.scenario;

import io.cairn.dht.wire.WireSizes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One experiment on a simulated network, as data: its start, its events, its measurements and its expectations. Times count from the moment
 * the network is complete.
 *
 * @param name its name, one word
 * @param title what it shows, in a sentence
 * @param seed makes a run repeatable
 * @param nodes living at the beginning, 2 to 5,000,000
 * @param start how the network is formed
 * @param isSigned whether datagrams are real, signed bytes; otherwise they are passed as objects, which is ten times as fast
 * @param durationMillis how long it runs
 * @param sampleMillis the interval between two points of the curves
 * @param churn nodes that join and leave, if any
 * @param adversaries nodes that do not follow the protocol, if any
 * @param records services and values
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
        RecordWork records,
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
        require(durationMillis >= 1, "duration: must be more than 0");
        require(
                sampleMillis >= 1 && durationMillis / sampleMillis < POINTS_MAX,
                "sample: too short; fewer than 100,000 must fit the duration");
        Set<String> names = new LinkedHashSet<>();
        names.addAll(List.of("upkeep", "churn", "run"));
        for (Measurement measurement : measurements(publications, searches, lookups, tableChecks, records)) {
            require(names.add(measurement.name()), "two measurements are named \"" + measurement.name() + "\"");
            require(
                    measurement.endMillis() <= durationMillis,
                    "\"" + measurement.name() + "\" ends after the duration of the scenario");
        }
        for (Death death : deaths) {
            require(death.atMillis() < durationMillis, "a death is after the end of the scenario");
        }
    }

    public Scenario withSeed(long other) {
        return copy(other, nodes, expectations);
    }

    /** The same at another size. The expectations hold only for the original size, so they are dropped. */
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
                records,
                otherExpectations);
    }

    private static List<Measurement> measurements(
            List<Publication> publications,
            List<Searches> searches,
            List<Lookups> lookups,
            List<TableCheck> tableChecks,
            RecordWork records) {
        List<Measurement> all = new ArrayList<>(publications);
        all.addAll(searches);
        all.addAll(lookups);
        all.addAll(tableChecks);
        all.addAll(records.measurements());
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

    static void requireSpan(long atMillis, long overMillis) {
        require(atMillis >= 0 && overMillis >= 0, "times must not be negative");
    }

    /** How a network is formed. */
    public enum Start {
        /** Nodes join one by one, each through an earlier one. */
        JOIN,
        /** An oracle that knows all nodes fills the tables, as they would be after a long calm time. */
        ORACLE
    }

    /**
     * Parameters of the protocol; 0 leaves the default.
     *
     * @param k contacts in a bucket, holders of a record
     * @param alpha requests of one look-up in flight
     * @param paths disjoint paths at the start of a look-up
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
     * The delays and losses of datagrams.
     *
     * @param roundTripMillis mean round trip
     * @param jitterMillis mean of the random delay of one way; at most half a round trip
     * @param loss fraction that is lost, 0 to 1
     * @param duplication fraction that arrives twice, 0 to 1
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
     * Nodes leave without notice, and others take their place. Sessions are heavy-tailed: see {@link io.cairn.sim.network.SessionLengths}.
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
     * @param part fraction of the living nodes
     */
    public record Death(long atMillis, double part) {
        public Death {
            requireSpan(atMillis, 0);
            requirePart("part", part);
        }
    }

    /** The behaviour of adversaries. */
    public enum Behaviour {
        /** Never answer. */
        DROP,
        /** Stay in tables, and name only each other. */
        LIE,
        /** Stay in tables, name made-up nodes, and return unsigned records. */
        POISON,
        /** Lie, with ids nearer to the first published key than any other node. */
        ECLIPSE,
        /** Lie, but accept records and forever show the first version of each. */
        STALE
    }

    /**
     * Nodes that do not follow the protocol, from the beginning.
     *
     * @param part fraction of all nodes
     */
    public record Adversaries(double part, Behaviour behaviour) {
        public Adversaries {
            require(part >= 0 && part <= 0.9, "part: 0 to 0.9, not " + part);
        }
    }

    /**
     * For a time the network is split into parts that do not hear each other.
     *
     * @param parts their number, equally large
     */
    public record Partition(long atMillis, long overMillis, int parts) {
        public Partition {
            requireSpan(atMillis, overMillis);
            require(parts >= 2 && parts <= 100, "parts: 2 to 100, not " + parts);
        }
    }

    /** A named measurement. */
    public sealed interface Measurement
            permits Lookups,
                    Publication,
                    Searches,
                    TableCheck,
                    RecordWork.Services,
                    RecordWork.Discoveries,
                    RecordWork.Loads,
                    RecordWork.Values,
                    RecordWork.Reads {
        String name();

        /** The time of its last start. */
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
     * @param publishers their number, evenly spread over a time
     * @param keys what each announces at once: the root and its chunks
     * @param finders random nodes that search for the root as soon as a publisher is done
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

    /** A check of the routing tables of all living nodes at once. */
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

    static void requireName(String name) {
        require(!name.isBlank() && name.length() <= 30 && name.indexOf('.') < 0, "a name is short and has no dot");
    }
}
