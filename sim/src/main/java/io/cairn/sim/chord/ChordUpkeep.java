package io.cairn.sim.chord;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's place on the ring current (section IV-E of the paper): asks the successor for its predecessor, notifies that node, and
 * checks whether its own predecessor is alive. Every round checks one finger as well: it is right while its predecessor precedes the
 * finger's start, which one request shows; otherwise it is looked up.
 */
final class ChordUpkeep {
    /** Newcomers before a successor that are followed back in one round; the rest follow in the next. */
    private static final int NEWCOMERS_MAX = 8;

    private final Environment environment;
    private final ChordLimits limits;
    private final Routing routing;
    private final ChordRequests requests;
    private final Search search;
    private @Nullable Timer timer;
    private @Nullable Contact claimant;
    private long predecessorHeardMillis;
    private int finger = FingerTable.EXPONENT_MAX;

    ChordUpkeep(Environment environment, ChordLimits limits, Routing routing, ChordRequests requests, Search search) {
        this.environment = environment;
        this.limits = limits;
        this.routing = routing;
        this.requests = requests;
        this.search = search;
    }

    /** Looks up the keeper of a key, starting at this node. */
    @FunctionalInterface
    interface Search {
        void find(Key key, Consumer<Optional<Contact>> done);
    }

    /** The first round is at a random time within the period, so that nodes started together do not run in step. */
    void start() {
        schedule(environment.random().nextLong(limits.upkeepMillis()));
    }

    void close() {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** A node sent us a request. */
    void heard(NodeId id) {
        if (neighbourhood().isPredecessor(id)) {
            predecessorHeardMillis = environment.clock().monotonicMillis();
        }
    }

    /** A node believes it is our predecessor. If we know a nearer one, we check whether that is still alive. */
    void notified(Contact contact) {
        if (neighbourhood().isNearerPredecessor(contact)) {
            neighbourhood().setPredecessor(contact);
            predecessorHeardMillis = environment.clock().monotonicMillis();
        } else if (!neighbourhood().isPredecessor(contact.id())) {
            boolean isUnderWay = claimant != null;
            claimant = contact;
            if (!isUnderWay) {
                checkPredecessor();
            }
        }
        if (neighbourhood().successor() == null) {
            neighbourhood().follow(contact, List.of());
        }
    }

    /**
     * Follows this successor, or the node that now precedes it.
     *
     * @param done runs when the neighbours are up to date, or none answered
     */
    void stabilise(Contact successor, Runnable done) {
        approach(successor, null, NEWCOMERS_MAX, done);
    }

    /** Looks up all fingers, the farthest first, one after the other: each helps to find the next. */
    void findAllFingers(int exponent, Runnable done) {
        Contact successor = neighbourhood().successor();
        if (successor == null || exponent < routing.fingers().lowest(successor)) {
            done.run();
        } else {
            find(exponent, () -> findAllFingers(exponent - 1, done));
        }
    }

    private Neighbourhood neighbourhood() {
        return routing.neighbourhood();
    }

    private void schedule(long delayMillis) {
        timer = environment.scheduler().schedule(delayMillis, this::round);
    }

    private void round() {
        schedule(limits.upkeepMillis());
        Contact successor = neighbourhood().successor();
        if (successor == null) {
            returnToTheRing();
        } else {
            stabilise(successor, () -> {});
        }
        checkNextFinger();
        long silentMillis = environment.clock().monotonicMillis() - predecessorHeardMillis;
        if (neighbourhood().predecessor() != null && silentMillis > 2 * limits.upkeepMillis()) {
            checkPredecessor();
        }
    }

    /** All successors are dead: any living finger leads to the next; in a ring of two the predecessor is the successor. */
    private void returnToTheRing() {
        search.find(routing.fingers().start(0), found -> {
            Contact successor = found.filter(
                            contact -> !contact.id().equals(routing.self().id()))
                    .orElse(neighbourhood().predecessor());
            if (successor != null) {
                stabilise(successor, () -> {});
            }
        });
    }

    private void approach(Contact candidate, @Nullable Contact behind, int depth, Runnable done) {
        requests.ask(candidate, new ChordMessage.GetNeighbours(limits.successorsMax()), new Asking() {
            @Override
            public void answered(ChordMessage.Response response) {
                ChordMessage.Neighbours found = (ChordMessage.Neighbours) response;
                Contact before = found.predecessor();
                neighbourhood().follow(candidate, found.successors());
                if (before != null && depth > 0 && Arc.isInside(routing.self().id(), before.id(), candidate.id())) {
                    approach(before, candidate, depth - 1, done);
                    return;
                }
                if (before == null || !before.id().equals(routing.self().id())) {
                    requests.ask(candidate, new ChordMessage.Notify(), new Asking());
                }
                done.run();
            }

            @Override
            public void unanswered() {
                Contact next = neighbourhood().successor();
                if (behind != null) {
                    requests.ask(behind, new ChordMessage.Notify(), new Asking());
                    done.run();
                } else if (next != null && !next.equals(candidate) && depth > 0) {
                    approach(next, null, depth - 1, done);
                } else {
                    done.run();
                }
            }
        });
    }

    private void checkPredecessor() {
        Contact predecessor = neighbourhood().predecessor();
        if (predecessor == null) {
            return;
        }
        requests.ask(predecessor, new ChordMessage.Ping(), new Asking() {
            @Override
            public void answered(ChordMessage.Response response) {
                heard(predecessor.id());
                claimant = null;
            }

            @Override
            public void unanswered() {
                Contact heir = claimant;
                claimant = null;
                if (heir != null && neighbourhood().isNearerPredecessor(heir)) {
                    notified(heir);
                }
            }
        });
    }

    private void checkNextFinger() {
        Contact successor = neighbourhood().successor();
        if (successor == null) {
            return;
        }
        int lowest = routing.fingers().lowest(successor);
        int exponent = finger;
        finger = exponent > lowest ? exponent - 1 : FingerTable.EXPONENT_MAX;
        Contact contact = routing.fingers().finger(exponent);
        if (exponent < lowest) {
            return;
        }
        if (contact == null) {
            find(exponent, () -> {});
            return;
        }
        requests.ask(contact, new ChordMessage.GetNeighbours(0), new Asking() {
            @Override
            public void answered(ChordMessage.Response response) {
                Contact before = ((ChordMessage.Neighbours) response).predecessor();
                if (before != null && isNearer(before, exponent, contact)) {
                    find(exponent, () -> {});
                }
            }

            @Override
            public void unanswered() {
                find(exponent, () -> {});
            }
        });
    }

    /** Whether a node, possibly this one, is at the start of a finger or after it, but before the node stored there. */
    private boolean isNearer(Contact before, int exponent, Contact contact) {
        NodeId self = routing.self().id();
        return before.id().equals(self)
                || !Arc.isInside(self, before.id(), routing.fingers().start(exponent))
                        && Arc.isInside(self, before.id(), contact.id());
    }

    private void find(int exponent, Runnable done) {
        search.find(routing.fingers().start(exponent), found -> {
            routing.fingers().set(exponent, found.orElse(null));
            done.run();
        });
    }

    /** A request whose answer is ignored. */
    private static class Asking implements ChordRequests.Asker {
        @Override
        public void answered(ChordMessage.Response response) {}

        @Override
        public void unanswered() {}
    }
}
