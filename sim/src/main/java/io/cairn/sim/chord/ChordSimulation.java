package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.sim.network.EventQueue;
import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SessionLengths;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * A Chord ring under virtual time, all from one seed, on the same network as simulated Kademlia nodes: same delays, same loss, same way of
 * dying. Two simulations with equal seeds and equal calls do the same to the last datagram.
 *
 * <pre>{@code
 * ChordSimulation simulation = new ChordSimulation(42, LinkModel.internet(), ChordLimits.forNodes(1_000));
 * simulation.fill(1_000);
 * simulation.crash(0.3);
 * List<ChordSimulation.Found> found = simulation.lookups(500, Route.FINGERS, 1_000);
 * }</pre>
 */
final class ChordSimulation {
    private static final long PATIENCE_MILLIS = 86_400_000;
    private static final int JOIN_ATTEMPTS_MAX = 3;

    private final long seed;
    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final ChordLimits limits;
    private final List<ChordNode> living = new ArrayList<>();
    private final TreeMap<Id160, ChordNode> ring = new TreeMap<>();
    private final Map<NodeId, Integer> openLookups = new HashMap<>();
    private int lostLookups;
    private int hosts;

    ChordSimulation(long seed, LinkModel link, ChordLimits limits) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.network = new SimulatedNetwork(events, random.split(), link);
        this.limits = limits;
    }

    /**
     * A look-up and whether its result was right.
     *
     * @param isTrue whether the node found was the keeper of the key among the nodes alive when the look-up ended
     */
    record Found(ChordResult result, boolean isTrue) {}

    SimulatedNetwork network() {
        return network;
    }

    long nowMillis() {
        return events.nowMillis();
    }

    long traceHash() {
        return network.traceHash();
    }

    /** The living nodes, in the order they were added. */
    List<ChordNode> living() {
        return List.copyOf(living);
    }

    ChordNode anyLiving() {
        return living.get(random.nextInt(living.size()));
    }

    /**
     * Creates a ring at once, in which every node has its true predecessor, successors and fingers.
     *
     * @param count at least 1; there must be no nodes yet
     */
    void fill(int count) {
        if (!living.isEmpty()) {
            throw new IllegalStateException("only an empty ring can be filled");
        }
        for (int i = 0; i < count; i++) {
            addNode();
        }
        Contact[] sorted = ring.values().stream().map(ChordNode::contact).toArray(Contact[]::new);
        int successors = Math.min(limits.successorsMax(), count - 1);
        for (int i = 0; i < count && count > 1; i++) {
            List<Contact> next = new ArrayList<>(successors);
            for (int j = 1; j <= successors; j++) {
                next.add(sorted[(i + j) % count]);
            }
            NodeId id = sorted[i].id();
            ringNode(id)
                    .assume(
                            sorted[(i + count - 1) % count],
                            next,
                            exponent -> keeper(id.plusPowerOfTwo(exponent)).contact());
        }
    }

    /** A node without contacts. */
    ChordNode addNode() {
        Contact contact = new Contact(NodeId.random(random), SimulatedNetwork.endpoint(hosts++));
        ChordNode node = new ChordNode(contact, network.attach(contact.endpoint()), limits);
        living.add(node);
        ring.put(contact.id(), node);
        return node;
    }

    /** A new node, which joins through a random node on the ring, or through the first node there is. */
    CompletionStage<Boolean> join() {
        return join(addNode(), JOIN_ATTEMPTS_MAX);
    }

    /** Starts churn: nodes leave without notice, and a new one joins in the place of each. */
    void startChurn(SessionLengths sessions) {
        SplittableRandom chance = random.split();
        living().forEach(node -> settle(node, sessions.rest(chance), sessions, chance));
    }

    /** Ends a node without notice. */
    void kill(ChordNode node) {
        network.kill(node.contact().endpoint());
        living.remove(node);
        ring.remove(node.id());
        Integer lost = openLookups.remove(node.id());
        lostLookups += lost == null ? 0 : lost;
    }

    /** Ends a random fraction of the nodes without notice, all at the same instant. */
    void crash(double fraction) {
        int count = (int) Math.round(fraction * living.size());
        for (int i = 0; i < count; i++) {
            kill(anyLiving());
        }
    }

    /** Makes a node leave the ring. It counts as gone at once, and its host falls silent when the neighbours have acknowledged it. */
    CompletionStage<Void> leave(ChordNode node) {
        living.remove(node);
        ring.remove(node.id());
        return node.leave().thenRun(() -> network.kill(node.contact().endpoint()));
    }

    /** The living node that truly keeps a key: the first at it or after it. */
    ChordNode keeper(Key key) {
        Id160 next = ring.ceilingKey(key);
        return ringNode(next == null ? ring.firstKey() : next);
    }

    /**
     * Looks up random keys from random living nodes, with starts spread evenly over a time, and runs until all have ended. The open
     * look-ups of a node that dies are not in the list.
     *
     * @param spreadMillis the time over which they start
     */
    List<Found> lookups(int count, Route route, long spreadMillis) {
        List<Found> found = new ArrayList<>(count);
        int lostBefore = lostLookups;
        for (int i = 0; i < count; i++) {
            Key key = Key.random(random);
            events.schedule(i * spreadMillis / count, () -> {
                ChordNode asker = anyLiving();
                openLookups.merge(asker.id(), 1, Integer::sum);
                asker.lookup(key, route, result -> {
                    openLookups.merge(asker.id(), -1, Integer::sum);
                    found.add(judge(key, result));
                });
            });
        }
        runUntil(() -> found.size() + lostLookups - lostBefore == count);
        return found;
    }

    /** The number of living nodes whose predecessor or successors differ from the true ring: 0 when it has converged. */
    int misplaced() {
        ChordNode[] sorted = ring.values().toArray(ChordNode[]::new);
        int wanted = Math.min(limits.successorsMax(), sorted.length - 1);
        int wrong = 0;
        for (int i = 0; i < sorted.length; i++) {
            Contact[] successors = new Contact[wanted];
            for (int j = 0; j < wanted; j++) {
                successors[j] = sorted[(i + j + 1) % sorted.length].contact();
            }
            Optional<Contact> predecessor = sorted.length == 1
                    ? Optional.empty()
                    : Optional.of(sorted[(i + sorted.length - 1) % sorted.length].contact());
            boolean isRight = sorted[i].predecessor().equals(predecessor)
                    && sorted[i].successors().equals(Arrays.asList(successors));
            wrong += isRight ? 0 : 1;
        }
        return wrong;
    }

    /** The fraction of the living nodes' fingers that name the wrong node, 0 to 1. */
    double wrongFingers() {
        long wrong = 0;
        for (ChordNode node : living) {
            for (int exponent = 0; exponent < Id160.LENGTH_BITS; exponent++) {
                Contact right = keeper(node.id().plusPowerOfTwo(exponent)).contact();
                Contact known = node.finger(exponent).orElse(node.contact());
                wrong += known.equals(right) ? 0 : 1;
            }
        }
        return (double) wrong / living.size() / Id160.LENGTH_BITS;
    }

    /** Advances virtual time. */
    void run(long durationMillis) {
        events.run(durationMillis);
    }

    /**
     * Runs until a condition holds.
     *
     * @throws IllegalStateException if it does not within a day of virtual time
     */
    void runUntil(BooleanSupplier condition) {
        long untilMillis = events.nowMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (!events.step(untilMillis)) {
                throw new IllegalStateException("condition not met within a day, seed " + seed);
            }
        }
    }

    /** The contact asked for help may have died: then another is asked. */
    private CompletionStage<Boolean> join(ChordNode node, int attempts) {
        int start = random.nextInt(living.size());
        ChordNode bootstrap = living.get(start);
        for (int i = 1; i < living.size() && bootstrap.successors().isEmpty(); i++) {
            bootstrap = living.get((start + i) % living.size());
        }
        Contact contact = bootstrap.successors().isEmpty() ? living.get(0).contact() : bootstrap.contact();
        return node.join(contact)
                .thenCompose(hasJoined -> hasJoined || attempts == 1
                        ? CompletableFuture.completedFuture(hasJoined)
                        : join(node, attempts - 1));
    }

    private void settle(ChordNode node, long stayMillis, SessionLengths sessions, SplittableRandom chance) {
        events.schedule(stayMillis, () -> {
            if (ring.containsKey(node.id())) {
                kill(node);
                ChordNode newcomer = addNode();
                join(newcomer, JOIN_ATTEMPTS_MAX);
                settle(newcomer, sessions.whole(chance), sessions, chance);
            }
        });
    }

    private Found judge(Key key, ChordResult result) {
        return new Found(result, result.keeper().equals(Optional.of(keeper(key).contact())));
    }

    private ChordNode ringNode(Id160 id) {
        ChordNode node = ring.get(id);
        if (node == null) {
            throw new IllegalStateException("no living node has the id " + id);
        }
        return node;
    }
}
