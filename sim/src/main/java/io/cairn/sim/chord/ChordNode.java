package io.cairn.sim.chord;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One node of a Chord ring. Owns the parts and delegates to them. It is a ring of its own until it joins another, and keeps its place up to
 * date from the start. Confined to the loop of its environment, including the constructor. It trusts its peers: no signatures and no limits
 * for strangers, since it exists only in the simulator.
 */
final class ChordNode {
    private final Environment environment;
    private final ChordLimits limits;
    private final Routing routing;
    private final ChordRequests requests;
    private final ChordUpkeep upkeep;
    private boolean isClosed;

    ChordNode(Contact self, Environment environment, ChordLimits limits) {
        this.environment = environment;
        this.limits = limits;
        this.routing = new Routing(self, limits);
        this.requests = new ChordRequests(self, environment, limits, contact -> routing.remove(contact.id()));
        this.upkeep = new ChordUpkeep(
                environment,
                limits,
                routing,
                requests,
                (key, done) -> lookup(key, Route.FINGERS_AND_SUCCESSOR_LIST, result -> done.accept(result.keeper())));
        environment.network().listen(this::received);
        upkeep.start();
    }

    /**
     * Finds our place on the ring of another node, then the fingers.
     *
     * @return whether the successor was found; completes once the neighbours are known, before the fingers are
     */
    CompletionStage<Boolean> join(Contact bootstrap) {
        CompletableFuture<Boolean> joined = new CompletableFuture<>();
        NodeId self = routing.self().id();
        run(Key.at(self), Route.FINGERS_AND_SUCCESSOR_LIST, bootstrap, result -> {
            Contact successor = result.keeper().orElse(null);
            if (successor == null || successor.id().equals(self)) {
                joined.complete(false);
                return;
            }
            upkeep.stabilise(successor, () -> {
                joined.complete(routing.neighbourhood().successor() != null);
                upkeep.findAllFingers(FingerTable.EXPONENT_MAX, () -> {});
            });
        });
        return joined;
    }

    /** Tells predecessor and successor about each other, and then falls silent. Completes when both have acknowledged it, or are dead. */
    CompletionStage<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        Contact predecessor = routing.neighbourhood().predecessor();
        List<Contact> successors = routing.neighbourhood().successors();
        List<Contact> told = new ArrayList<>(2);
        if (predecessor != null) {
            told.add(predecessor);
        }
        if (!successors.isEmpty() && !told.contains(successors.get(0))) {
            told.add(successors.get(0));
        }
        upkeep.close();
        tellLeaving(told, 0, new ChordMessage.Leave(predecessor, successors), left);
        return left;
    }

    /** Looks up the keeper of a key. The listener is called once, on the loop, perhaps before this returns. */
    void lookup(Key key, Route route, Consumer<ChordResult> listener) {
        run(key, route, routing.self(), listener);
    }

    NodeId id() {
        return routing.self().id();
    }

    Contact contact() {
        return routing.self();
    }

    Optional<Contact> predecessor() {
        return Optional.ofNullable(routing.neighbourhood().predecessor());
    }

    /** The successors on the ring, nearest first; none in a ring of one. */
    List<Contact> successors() {
        return routing.neighbourhood().successors();
    }

    /** The first known node at or after the point 2^exponent clockwise of this one: 0 to 159. */
    Optional<Contact> finger(int exponent) {
        Contact successor = routing.neighbourhood().successor();
        boolean isSuccessor = successor != null && exponent < routing.fingers().lowest(successor);
        return Optional.ofNullable(isSuccessor ? successor : routing.fingers().finger(exponent));
    }

    /** The number of distinct known nodes: its state, about 60 bytes each. */
    int entries() {
        return routing.entries();
    }

    /**
     * Sets its place on the ring without asking other nodes: this is how a simulation starts at full size.
     *
     * @param successors nearest first
     * @param fingers returns finger 0 to 159
     */
    void assume(Contact predecessor, List<Contact> successors, IntFunction<Contact> fingers) {
        routing.neighbourhood().setPredecessor(predecessor);
        routing.neighbourhood().follow(successors.get(0), successors.subList(1, successors.size()));
        int lowest = routing.fingers().lowest(successors.get(0));
        for (int exponent = lowest; exponent <= FingerTable.EXPONENT_MAX; exponent++) {
            routing.fingers().set(exponent, fingers.apply(exponent));
        }
    }

    /** Falls silent without notice. */
    void close() {
        isClosed = true;
        upkeep.close();
        requests.close();
    }

    private void run(Key key, Route route, Contact start, Consumer<ChordResult> listener) {
        new ChordLookupRun(
                        () -> new ChordLookup(key, route, start, limits),
                        routing,
                        requests,
                        environment.clock(),
                        listener)
                .proceed();
    }

    private void tellLeaving(List<Contact> told, int heard, ChordMessage.Leave leave, CompletableFuture<Void> left) {
        if (heard == told.size()) {
            close();
            left.complete(null);
            return;
        }
        requests.ask(told.get(heard), leave, new ChordRequests.Asker() {
            @Override
            public void answered(ChordMessage.Response response) {
                tellLeaving(told, heard + 1, leave, left);
            }

            @Override
            public void unanswered() {
                tellLeaving(told, heard + 1, leave, left);
            }
        });
    }

    private void received(Endpoint from, Packet packet) {
        if (isClosed || !(packet instanceof ChordPacket chord)) {
            return;
        }
        if (chord.message() instanceof ChordMessage.Response response) {
            requests.received(from, chord, response);
        } else if (chord.message() instanceof ChordMessage.Request request) {
            upkeep.heard(chord.sender().id());
            ChordMessage.Response response = answer(chord.sender(), request);
            environment.network().send(from, new ChordPacket(chord.requestId(), routing.self(), response));
        }
    }

    private ChordMessage.Response answer(Contact sender, ChordMessage.Request request) {
        if (request instanceof ChordMessage.FindSuccessor find) {
            return routing.step(find);
        } else if (request instanceof ChordMessage.GetNeighbours get) {
            Neighbourhood neighbourhood = routing.neighbourhood();
            List<Contact> successors = neighbourhood.successors();
            return new ChordMessage.Neighbours(
                    neighbourhood.predecessor(),
                    successors.subList(0, Math.min(get.successorsMax(), successors.size())));
        } else if (request instanceof ChordMessage.Notify) {
            upkeep.notified(sender);
        } else if (request instanceof ChordMessage.Leave leave) {
            left(sender.id(), leave);
        }
        return new ChordMessage.Heard();
    }

    /** The successor of the leaving node inherits its keys and its place among our fingers. */
    private void left(NodeId gone, ChordMessage.Leave leave) {
        Neighbourhood neighbourhood = routing.neighbourhood();
        boolean wasPredecessor = neighbourhood.isPredecessor(gone);
        boolean wasSuccessor = neighbourhood.isSuccessor(gone);
        @Nullable
        Contact heir = leave.successors().isEmpty() ? null : leave.successors().get(0);
        routing.fingers().replace(gone, heir);
        neighbourhood.remove(gone);
        if (wasPredecessor) {
            neighbourhood.setPredecessor(leave.predecessor());
        }
        if (wasSuccessor && heir != null && !heir.id().equals(id())) {
            neighbourhood.follow(
                    heir, leave.successors().subList(1, leave.successors().size()));
        }
    }
}
