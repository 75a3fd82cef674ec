package io.cairn.transfer.swarm;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions for all fetches: several endpoints of a peer one shortly after the other until one answers (Happy Eyeballs, RFC 8305), each
 * endpoint only once at a time, and only so many at once. Confined to the loop.
 */
final class Dialler {
    private final PeerConnections connections;
    private final Scheduler scheduler;
    private final SwarmLimits limits;
    private final Links links;
    private final Map<Endpoint, List<Waiter>> waiters = new LinkedHashMap<>();
    private final Map<Endpoint, PeerConnections.Attempt> attempts = new LinkedHashMap<>();
    private final Deque<Endpoint> queue = new ArrayDeque<>();
    private boolean closed;

    Dialler(PeerConnections connections, Scheduler scheduler, SwarmLimits limits, Links links) {
        this.connections = connections;
        this.scheduler = scheduler;
        this.limits = limits;
        this.links = links;
    }

    /** Takes sessions in. */
    interface Links {
        /** The session with a peer, if there is one. */
        @Nullable
        PeerLink linkTo(NodeId peer);

        /** Takes a new session in; null if it is not wanted and has been closed. */
        @Nullable
        PeerLink dialled(PeerConnection connection);
    }

    /** Hears how reaching a peer went, once. */
    interface Listener {
        void reached(PeerLink link);

        /** None of the endpoints did; the reason is that of the last. */
        void unreachable(Endpoint endpoint, DialFailure failure);
    }

    /**
     * Reaches a peer at one of its endpoints.
     *
     * @param expected null if it is not known who answers
     * @param endpoints at least one, the best first
     */
    void reach(@Nullable NodeId expected, List<Endpoint> endpoints, Listener listener) {
        PeerLink existing = expected == null ? null : links.linkTo(expected);
        if (existing != null) {
            listener.reached(existing);
        } else {
            new Pursuit(expected, endpoints, listener).next();
        }
    }

    void close() {
        closed = true;
        attempts.values().forEach(PeerConnections.Attempt::cancel);
        attempts.clear();
        waiters.clear();
        queue.clear();
    }

    private void dial(Endpoint endpoint, Waiter waiter) {
        List<Waiter> others = waiters.get(endpoint);
        if (others != null) {
            others.add(waiter);
            return;
        }
        waiters.put(endpoint, new ArrayList<>(List.of(waiter)));
        queue.addLast(endpoint);
        proceed();
    }

    private void proceed() {
        while (!closed && attempts.size() < limits.dialsMax() && !queue.isEmpty()) {
            Endpoint endpoint = queue.removeFirst();
            List<Waiter> waiting = waiters.getOrDefault(endpoint, List.of());
            if (waiting.stream().allMatch(Waiter::isOver)) {
                waiters.remove(endpoint);
                continue;
            }
            NodeId expected = expectedByAll(waiting);
            attempts.put(endpoint, connections.dial(endpoint, expected, new PeerConnections.DialListener() {
                @Override
                public void connected(PeerConnection connection) {
                    attempts.remove(endpoint);
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
                    end(endpoint, null, null, failure);
                }
            }));
        }
    }

    private void end(Endpoint endpoint, @Nullable NodeId peer, @Nullable PeerLink link, DialFailure failure) {
        List<Waiter> waiting = waiters.remove(endpoint);
        if (waiting != null) {
            waiting.forEach(waiter -> waiter.ended(endpoint, peer, link, failure));
        }
        proceed();
    }

    private static @Nullable NodeId expectedByAll(List<Waiter> waiting) {
        NodeId first = waiting.isEmpty() ? null : waiting.get(0).expected();
        return waiting.stream().allMatch(waiter -> Objects.equals(first, waiter.expected())) ? first : null;
    }

    /** Waits for one endpoint. */
    private interface Waiter {
        boolean isOver();

        @Nullable
        NodeId expected();

        void ended(Endpoint endpoint, @Nullable NodeId peer, @Nullable PeerLink link, DialFailure failure);
    }

    /** The attempt to reach one peer. */
    private final class Pursuit implements Waiter {
        private final @Nullable NodeId expected;
        private final Deque<Endpoint> untried;
        private final Listener listener;
        private int underWay;
        private boolean over;

        Pursuit(@Nullable NodeId expected, List<Endpoint> endpoints, Listener listener) {
            this.expected = expected;
            this.untried = new ArrayDeque<>(endpoints);
            this.listener = listener;
        }

        void next() {
            Endpoint endpoint = over ? null : untried.pollFirst();
            if (endpoint != null) {
                underWay++;
                if (!untried.isEmpty()) {
                    scheduler.schedule(limits.dialNextMillis(), this::next);
                }
                dial(endpoint, this);
            }
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public @Nullable NodeId expected() {
            return expected;
        }

        @Override
        public void ended(Endpoint endpoint, @Nullable NodeId peer, @Nullable PeerLink link, DialFailure failure) {
            underWay--;
            if (over) {
                return;
            }
            boolean isOther = expected != null && peer != null && !expected.equals(peer);
            PeerLink reached = isOther && expected != null ? links.linkTo(expected) : link;
            if (reached != null) {
                over = true;
                listener.reached(reached);
            } else if (!untried.isEmpty()) {
                next();
            } else if (underWay == 0) {
                over = true;
                listener.unreachable(
                        endpoint,
                        isOther
                                ? new DialFailure(DialFailure.Kind.REFUSED_BY_US, "is another node than expected")
                                : failure);
            }
        }
    }
}
