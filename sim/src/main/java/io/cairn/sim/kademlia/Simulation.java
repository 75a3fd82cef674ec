package io.cairn.sim.kademlia;

import io.cairn.dht.Provider;
import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.NetworkId;
import io.cairn.sim.network.EventQueue;
import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SessionLengths;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

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
 *
 * <p>A large network begins with full tables rather than with as many joinings:
 *
 * <pre>{@code
 * simulation.createNodes(9_000);
 * simulation.addAdversaries(1_000, Behaviour.LYING);
 * simulation.fillTables();
 * simulation.startChurn(new SessionLengths(3_600_000));
 * simulation.run(3_600_000);
 * List<BrokenInvariant> broken = simulation.check();
 * }</pre>
 */
public final class Simulation {
    private static final Envelopes PLAIN = new PlainEnvelopes();
    private static final long JOIN_SPACING_MILLIS = 50;

    private final long seed;
    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final KademliaLimits limits;
    private final Function<Identity, Envelopes> envelopes;
    private final NetworkId networkId = NetworkId.ofName("simulation");
    private final Population population = new Population();
    private final Adversaries adversaries;
    private final BrokenInvariants violations = new BrokenInvariants(events);
    private final TrafficWatch traffic;
    private final Inspection inspection;
    private final Waiting waiting;
    private int hosts;

    /** With default limits and unsigned datagrams. */
    public Simulation(long seed, LinkModel link) {
        this(seed, link, KademliaLimits.defaults());
    }

    /** With unsigned datagrams. */
    public Simulation(long seed, LinkModel link, KademliaLimits limits) {
        this(seed, link, limits, any -> PLAIN);
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
        this.adversaries = new Adversaries(network, random.split(), envelopes);
        DatagramCodec reader = new DatagramCodec(Identity.generate(random));
        this.traffic = new TrafficWatch(limits.guard().amplificationMax(), reader, violations);
        this.inspection = new Inspection(events, population.living(), new Invariants(network, limits, violations));
        this.waiting = new Waiting(events, seed);
        network.observe(traffic);
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

    public KademliaLimits limits() {
        return limits;
    }

    public long nowMillis() {
        return events.nowMillis();
    }

    /** The number of events run: arrivals of datagrams, timers, tasks. */
    public long eventsRun() {
        return events.processed();
    }

    public long traceHash() {
        return network.traceHash();
    }

    /** Datagrams sent, by the name of their message: {@code FindNode}, {@code Nodes} and so on, in alphabetical order. */
    public Map<String, Long> sentByKind() {
        return traffic.sentByKind();
    }

    /** A host with a node that has no contacts yet. */
    public SimulatedNode addNode() {
        return addNode(Identity.generate(random), endpoint(hosts++));
    }

    /** A node with a given identity at a given endpoint. */
    public SimulatedNode addNode(Identity identity, Endpoint endpoint) {
        Environment environment = network.attach(endpoint);
        DhtNode dht = new DhtNode(identity, networkId, environment, envelopes.apply(identity), limits);
        SimulatedNode node = new SimulatedNode(population.size(), identity, endpoint, environment, dht);
        population.add(node);
        return node;
    }

    /** Adds nodes one by one, each of which greets a random earlier one, and runs until all have joined. */
    public void addNodes(int count) {
        List<CompletionStage<Integer>> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Endpoint> bootstrap =
                    living().isEmpty() ? List.of() : List.of(anyLiving().endpoint());
            joins.add(addNode().dht().join(bootstrap));
            run(JOIN_SPACING_MILLIS);
        }
        joins.forEach(this::await);
    }

    /** Adds nodes that have no contacts and do not look for any: fill their tables with {@link #fillTables}. */
    public void createNodes(int count) {
        for (int i = 0; i < count; i++) {
            addNode();
        }
    }

    /** Adds adversaries with random ids. All adversaries know each other; the nodes know them once their tables are filled. */
    public void addAdversaries(int count, Behaviour behaviour) {
        for (int i = 0; i < count; i++) {
            population.addStranger(adversaries.add(endpoint(hosts++), behaviour));
        }
    }

    /** Adds adversaries with chosen ids: nearer to a point (a key, a node) than any living node. For unsigned datagrams only. */
    public void addAdversariesNear(Id160 point, int count, Behaviour behaviour) {
        int bits = 1 + population.closestPrefixLength(point);
        for (int i = 0; i < count; i++) {
            population.addStranger(adversaries.addNear(point, bits, endpoint(hosts++), behaviour));
        }
    }

    /** The adversaries closest to a point, closest first. */
    public List<Contact> closestAdversaries(Id160 point, int count) {
        return adversaries.closest(point, count);
    }

    /**
     * Gives every living node the table of a long-standing one, adversaries included: from each bucket's part of the space all contacts, or
     * k random ones if there are more.
     */
    public void fillTables() {
        for (SimulatedNode node : living()) {
            node.dht().adopt(population.acquaintances(node.id(), limits.k(), random));
        }
    }

    /** Starts churn: nodes join and leave, and the network keeps its size. */
    public Churn startChurn(SessionLengths sessions) {
        Churn churn = new Churn(this, sessions, random.split());
        churn.start();
        return churn;
    }

    /** The endpoint of the host with a number: 10.0.0.1:4747 and so on. */
    public static Endpoint endpoint(int index) {
        return SimulatedNetwork.endpoint(index);
    }

    /** The node with this index in order of addition, from 0, while it is alive. */
    public SimulatedNode node(int index) {
        return population.node(index);
    }

    /** The living nodes, in an order that changes when one dies; a view, so the call is free. */
    public List<SimulatedNode> living() {
        return population.living();
    }

    /** Ends a node without notice. */
    public void kill(SimulatedNode node) {
        network.kill(node.endpoint());
        population.remove(node);
    }

    /** Ends random living nodes at once. */
    public void killAny(int count) {
        for (int i = 0; i < count; i++) {
            kill(anyLiving());
        }
    }

    /** Suspends a node's machine: see {@link SimulatedNetwork#suspend}. */
    public void suspend(SimulatedNode node, long durationMillis) {
        network.suspend(node.endpoint(), durationMillis);
    }

    /** Splits the network for a time into parts of random hosts that do not hear each other. */
    public void partition(int parts, long durationMillis) {
        int salt = random.nextInt() | 1;
        network.partition(endpoint ->
                Math.floorMod(Integer.rotateRight(endpoint.address().hashCode() * salt, Integer.SIZE / 2), parts));
        after(durationMillis, network::heal);
    }

    public SimulatedNode anyLiving() {
        return living().get(random.nextInt(living().size()));
    }

    /** Schedules a task, independent of any node's life. */
    public Timer after(long delayMillis, Runnable task) {
        return events.schedule(delayMillis, task);
    }

    /** Advances virtual time. */
    public void run(long durationMillis) {
        events.run(durationMillis);
    }

    /**
     * Runs until a condition holds.
     *
     * @throws IllegalStateException if it does not within ten minutes of virtual time
     */
    public void runUntil(BooleanSupplier condition) {
        waiting.until(condition);
    }

    /** Runs until a stage completes, and returns its result. */
    public <T> T await(CompletionStage<T> stage) {
        return waiting.resultOf(stage);
    }

    /** Makes a node publish a content with these chunks, the first key being the root, and waits for the report. */
    public PublishReport provide(SimulatedNode node, List<Key> keys) {
        List<Key> chunks = keys.subList(1, keys.size());
        return await(node.dht().provide(new Provision(keys.get(0), chunks, List.of(node.endpoint()), 0)));
    }

    /** The result of a search. */
    public record Found(List<Provider> providers, SearchReport report) {}

    /** Makes a node search for the providers of a key, and waits until the look-up has ended. */
    public Found find(SimulatedNode node, Key key) {
        Finding finding = new Finding();
        node.dht().findProviders(key, finding);
        waiting.until(finding::hasEnded);
        return finding.found();
    }

    /**
     * The living nodes whose ids are truly closest to a key, closest first: global knowledge that no node can have, and the expected result
     * of a look-up.
     */
    public List<NodeId> closestLiving(Key key, int count) {
        return population.closest(key, count).stream().map(Contact::id).toList();
    }

    /**
     * Checks every living node and the network as a whole, and returns the first violation of each invariant so far; empty if all is well.
     */
    public List<BrokenInvariant> check() {
        inspection.ofAll();
        return violations();
    }

    /**
     * Starts to check a few nodes in turn at each interval.
     *
     * @param nodes how many each time
     */
    public void checkEvery(long intervalMillis, int nodes) {
        inspection.every(intervalMillis, nodes);
    }

    /** The first violation of each invariant so far. Sizes of datagrams and answers are always watched. */
    public List<BrokenInvariant> violations() {
        return violations.firstOfEach();
    }

    /** A key from the seed of this simulation. */
    public Key randomKey() {
        return Key.random(random);
    }
}
