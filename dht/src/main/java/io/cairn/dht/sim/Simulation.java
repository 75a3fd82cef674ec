package io.cairn.dht.sim;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.node.Dht;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.node.Provider;
import io.cairn.dht.node.Provision;
import io.cairn.dht.node.PublishReport;
import io.cairn.dht.node.SearchReport;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.NetworkId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network of production nodes under virtual time, all from one seed: two simulations with equal seeds and equal calls do the same
 * to the last datagram, which {@link #traceHash()} shows.
 *
 * <pre>{@code
 * Simulation simulation = new Simulation(42, LinkModel.internet().withLoss(0.2));
 * simulation.addNodes(100);
 * PublishReport report = simulation.provide(simulation.node(0), List.of(key));
 * simulation.kill(simulation.node(7));
 * List<Provider> found = simulation.find(simulation.node(99), key).providers();
 * }</pre>
 */
public final class Simulation {
    private static final int PORT = 4747;
    private static final long JOIN_SPACING_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 600_000;

    private final long seed;
    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final KademliaLimits limits;
    private final Function<Identity, Envelopes> envelopes;
    private final NetworkId networkId = NetworkId.ofName("simulation");
    private final List<SimulatedNode> nodes = new ArrayList<>();

    /** With default limits and unsigned datagrams. */
    public Simulation(long seed, LinkModel link) {
        this(seed, link, KademliaLimits.defaults(), identity -> new PlainEnvelopes());
    }

    /**
     * @param envelopes how each node seals: unsigned and cheap, or real bytes
     */
    public Simulation(long seed, LinkModel link, KademliaLimits limits, Function<Identity, Envelopes> envelopes) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.network = new SimulatedNetwork(events, random.split(), link);
        this.limits = limits;
        this.envelopes = envelopes;
    }

    public long seed() {
        return seed;
    }

    public SimulatedNetwork network() {
        return network;
    }

    public NetworkId networkId() {
        return networkId;
    }

    public long nowMillis() {
        return events.nowMillis();
    }

    public long traceHash() {
        return network.traceHash();
    }

    /** A host and a node on it, which knows nobody yet. */
    public SimulatedNode addNode() {
        return addNode(Identity.generate(random), endpoint(nodes.size()));
    }

    /** A node with a certain identity at a certain place. */
    public SimulatedNode addNode(Identity identity, Endpoint endpoint) {
        Environment environment = network.attach(endpoint);
        DhtNode dht = new DhtNode(identity, networkId, environment, envelopes.apply(identity), limits);
        SimulatedNode node = new SimulatedNode(identity, endpoint, environment, dht);
        nodes.add(node);
        return node;
    }

    /** Adds nodes one after the other, each greeting a random earlier one, and runs until all have joined. */
    public void addNodes(int count) {
        List<CompletionStage<Integer>> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Endpoint> bootstrap =
                    nodes.isEmpty() ? List.of() : List.of(anyLiving().endpoint());
            joins.add(addNode().dht().join(bootstrap));
            run(JOIN_SPACING_MILLIS);
        }
        joins.forEach(this::await);
    }

    /** The endpoint of the host with a number: 10.0.0.1:4747 and so on. */
    public static Endpoint endpoint(int index) {
        int number = index + 1;
        byte[] address = {10, (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        return Endpoint.of(address, PORT);
    }

    public SimulatedNode node(int index) {
        return nodes.get(index);
    }

    /** The living nodes, in the order in which they came. */
    public List<SimulatedNode> living() {
        return nodes.stream().filter(SimulatedNode::isAlive).toList();
    }

    /** Ends a node without a word. */
    public void kill(SimulatedNode node) {
        network.kill(node.endpoint());
        node.die();
    }

    public SimulatedNode anyLiving() {
        List<SimulatedNode> living = living();
        return living.get(random.nextInt(living.size()));
    }

    /** Lets virtual time pass. */
    public void run(long durationMillis) {
        events.run(durationMillis);
    }

    /**
     * Runs until a condition holds.
     *
     * @throws IllegalStateException if it does not within ten minutes of virtual time
     */
    public void runUntil(BooleanSupplier condition) {
        long untilMillis = events.nowMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (!events.step(untilMillis)) {
                throw new IllegalStateException("waited ten minutes in vain, seed " + seed);
            }
        }
    }

    /** Runs until a stage completes, and gives its result. */
    public <T> T await(CompletionStage<T> stage) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        stage.whenComplete((value, thrown) -> {
            result.set(value);
            failure.set(thrown);
        });
        runUntil(() -> result.get() != null || failure.get() != null);
        T value = result.get();
        if (value == null) {
            throw new IllegalStateException("failed, seed " + seed, failure.get());
        }
        return value;
    }

    /** Has a node publish a content with these chunks, the first key being the root, and waits for the report. */
    public PublishReport provide(SimulatedNode node, List<Key> keys) {
        List<Key> chunks = keys.subList(1, keys.size());
        return await(node.dht().provide(new Provision(keys.get(0), chunks, List.of(node.endpoint()), 0)));
    }

    /** What a search found. */
    public record Found(List<Provider> providers, SearchReport report) {}

    /** Has a node look for the providers of a key, and waits until the look-up has ended. */
    public Found find(SimulatedNode node, Key key) {
        List<Provider> providers = new ArrayList<>();
        AtomicReference<@Nullable SearchReport> end = new AtomicReference<>();
        node.dht().findProviders(key, new Dht.SearchListener() {
            @Override
            public void found(Provider provider) {
                providers.add(provider);
            }

            @Override
            public void ended(SearchReport report) {
                end.set(report);
            }
        });
        runUntil(() -> end.get() != null);
        SearchReport report = end.get();
        if (report == null) {
            throw new IllegalStateException("a search ended without a report, seed " + seed);
        }
        return new Found(List.copyOf(providers), report);
    }

    /** The living nodes whose ids are truly closest to a key, closest first: what no node can know, and all should find. */
    public List<NodeId> closestLiving(Key key, int count) {
        return living().stream()
                .map(SimulatedNode::id)
                .sorted(Comparator.comparing(id -> id.distanceTo(key)))
                .limit(count)
                .toList();
    }

    /** A key from the seed of this simulation. */
    public Key randomKey() {
        return Key.random(random);
    }
}
