package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions for all fetches: tries several endpoints of a peer in short succession until one answers (Happy Eyeballs, RFC 8305), each
 * endpoint only once at a time, a bounded number at once, and none that {@link DialHistory} advises against. Confined to the loop.
 */
public final class Dialler {
    private final PeerConnections connections;
    private final Scheduler scheduler;
    private final Clock clock;
    private final SwarmLimits limits;
    private final Links links;
    private final DialHistory history;
    private final Map<Endpoint, List<Waiter>> waiters = new LinkedHashMap<>();
    private final Map<Endpoint, PeerConnections.Attempt> attempts = new LinkedHashMap<>();
    private final Deque<Endpoint> urgent = new ArrayDeque<>();
    private final Deque<Endpoint> queue = new ArrayDeque<>();
    private boolean proceeding;
    private boolean closed;

    public Dialler(PeerConnections connections, Scheduler scheduler, Clock clock, SwarmLimits limits, Links links) {
        this.connections = connections;
        this.scheduler = scheduler;
        this.clock = clock;
        this.history = new DialHistory(limits.searchAgainMillis());
        this.limits = limits;
        this.links = links;
    }

    /** Accepts new sessions. */
    interface Links {
        /** The session with a peer, if there is one. */
        @Nullable
        PeerLink linkTo(PeerId peer);

        /** Accepts a new session; null if it is not wanted and has been closed. */
        @Nullable
        PeerLink dialled(PeerConnection connection);
    }

    /** Receives the result of reaching a peer, once. */
    public interface Listener {
        void reached(PeerLink link);

        /** No endpoint answered; the failure is the last one. */
        void unreachable(Endpoint endpoint, DialFailure failure);

        /** An endpoint is tried. */
        default void dialling(Endpoint endpoint) {}

        /** A dial has ended, perhaps after the peer was reached elsewhere; without a failure, there is a session. */
        default void dialled(Endpoint endpoint, @Nullable DialFailure failure) {}
    }

    /**
     * Reaches a peer at one of its endpoints.
     *
     * @param expected null if any peer may answer
     * @param endpoints at least one, the best first
     * @param isUrgent whether it is dialled before others; half of the concurrent dials are reserved for this
     */
    public void reach(@Nullable PeerId expected, List<Endpoint> endpoints, boolean isUrgent, Listener listener) {
        PeerLink existing = expected == null ? null : links.linkTo(expected);
        if (existing != null) {
            listener.reached(existing);
        } else {
            new Pursuit(expected, endpoints, isUrgent, listener).next();
        }
    }

    /** The results of dials. */
    public DialHistory history() {
        return history;
    }

    public void close() {
        closed = true;
        attempts.values().forEach(PeerConnections.Attempt::cancel);
        attempts.clear();
        waiters.clear();
        urgent.clear();
        queue.clear();
    }

    private void dial(Endpoint endpoint, boolean isUrgent, Waiter waiter) {
        List<Waiter> others = waiters.get(endpoint);
        if (others != null) {
            others.add(waiter);
            return;
        }
        waiters.put(endpoint, new ArrayList<>(List.of(waiter)));
        (isUrgent ? urgent : queue).addLast(endpoint);
        proceed();
    }

    private void proceed() {
        if (!proceeding) { // listeners may call back into this method: this loop does their work
            proceeding = true;
            Endpoint next = takeNext();
            while (next != null) {
                start(next, waiters.getOrDefault(next, List.of()));
                next = takeNext();
            }
            proceeding = false;
        }
    }

    private @Nullable Endpoint takeNext() {
        Endpoint next = takeFrom(urgent, limits.dialsMax());
        return next == null ? takeFrom(queue, limits.dialsMax() / 2) : next;
    }

    private @Nullable Endpoint takeFrom(Deque<Endpoint> from, int dialsMax) {
        Iterator<Endpoint> waiting = from.iterator();
        while (!closed && attempts.size() < dialsMax && waiting.hasNext()) {
            Endpoint endpoint = waiting.next();
            if (history.hasRoom(endpoint)) { // else it waits for another dial of its address to end
                waiting.remove();
                return endpoint;
            }
        }
        return null;
    }

    private void start(Endpoint endpoint, List<Waiter> waiting) {
        long now = clock.monotonicMillis();
        if (waiting.stream().allMatch(Waiter::isOver)) {
            waiters.remove(endpoint);
        } else if (!history.isDue(endpoint, now)) {
            DialFailure last = history.lastFailure(endpoint);
            DialFailure why = last == null
                    ? new DialFailure(
                            DialFailure.Kind.LOCAL, "is not dialled yet: too many dials of its address failed")
                    : last;
            end(endpoint, null, null, why);
        } else {
            history.begun(endpoint, now);
            attempts.put(endpoint, connections.dial(endpoint, expectedByAll(waiting), new Outcome(endpoint)));
        }
    }

    private void end(Endpoint endpoint, @Nullable PeerId peer, @Nullable PeerLink link, DialFailure failure) {
        List<Waiter> waiting = waiters.remove(endpoint);
        if (waiting != null) {
            waiting.forEach(waiter -> waiter.ended(endpoint, peer, link, failure));
        }
        proceed();
    }

    /** Receives the result of one dial. */
    private final class Outcome implements PeerConnections.DialListener {
        private final Endpoint endpoint;

        Outcome(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void connected(PeerConnection connection) {
            attempts.remove(endpoint);
            history.answered(endpoint);
            PeerLink link = closed ? null : links.dialled(connection);
            end(
                    endpoint,
                    connection.peer(),
                    link,
                    new DialFailure(DialFailure.Kind.LOCAL, "is banned, or this node itself"));
        }

        @Override
        public void failed(DialFailure failure) {
            attempts.remove(endpoint);
            history.failed(endpoint, failure, clock.monotonicMillis());
            end(endpoint, null, null, failure);
        }
    }

    private static @Nullable PeerId expectedByAll(List<Waiter> waiting) {
        PeerId first = waiting.isEmpty() ? null : waiting.get(0).expected();
        return waiting.stream().allMatch(waiter -> Objects.equals(first, waiter.expected())) ? first : null;
    }

    /** Waits for one endpoint. */
    private interface Waiter {
        boolean isOver();

        @Nullable
        PeerId expected();

        void ended(Endpoint endpoint, @Nullable PeerId peer, @Nullable PeerLink link, DialFailure failure);
    }

    /** The attempt to reach one peer. */
    private final class Pursuit implements Waiter {
        private final @Nullable PeerId expected;
        private final Deque<Endpoint> untried;
        private final boolean isUrgent;
        private final Listener listener;
        private int underWay;
        private boolean over;

        Pursuit(@Nullable PeerId expected, List<Endpoint> endpoints, boolean isUrgent, Listener listener) {
            this.expected = expected;
            this.untried = new ArrayDeque<>(endpoints);
            this.isUrgent = isUrgent;
            this.listener = listener;
        }

        void next() {
            Endpoint endpoint = over ? null : untried.pollFirst();
            if (endpoint != null) {
                underWay++;
                if (!untried.isEmpty()) {
                    scheduler.schedule(limits.dialNextMillis(), this::next);
                }
                listener.dialling(endpoint);
                dial(endpoint, isUrgent, this);
            }
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public @Nullable PeerId expected() {
            return expected;
        }

        @Override
        public void ended(Endpoint endpoint, @Nullable PeerId peer, @Nullable PeerLink link, DialFailure failure) {
            underWay--;
            boolean isOther = expected != null && peer != null && !expected.equals(peer);
            DialFailure why =
                    isOther ? new DialFailure(DialFailure.Kind.OTHER_NODE, "is another node than expected") : failure;
            listener.dialled(endpoint, isOther || link == null ? why : null);
            if (over) {
                return;
            }
            PeerLink reached = isOther && expected != null ? links.linkTo(expected) : link;
            if (reached != null) {
                over = true;
                if (expected != null) {
                    history.forget(expected);
                }
                listener.reached(reached);
            } else if (!untried.isEmpty()) {
                next();
            } else if (underWay == 0) {
                over = true;
                if (expected != null) {
                    history.failed(expected, why, clock.monotonicMillis());
                }
                listener.unreachable(endpoint, why);
            }
        }
    }
}
