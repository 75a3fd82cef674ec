package io.cairn.transfer.swarm.trace;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.ForeignTraces;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.trace.Tracer;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sessions whose requests carry the traces of fetches, and whose peers' requests become spans. Confined to the loop. */
public final class TracedConnections implements PeerConnections {
    private final PeerConnections connections;
    private final Tracing tracing;
    private final Set<TracedConnection> open = new LinkedHashSet<>();

    /** @param fetches the keys that are fetched as part of a trace */
    public TracedConnections(
            PeerConnections connections, TracedKeys fetches, Tracer tracer, ForeignTraces foreign, Clock clock) {
        this.connections = connections;
        this.tracing = new Tracing(fetches, tracer, foreign, clock, open::remove);
    }

    /**
     * What the sessions of a node share.
     *
     * @param ended removes a session that is over
     */
    record Tracing(
            TracedKeys fetches, Tracer tracer, ForeignTraces foreign, Clock clock, Consumer<TracedConnection> ended) {}

    @Override
    public void accept(Consumer<PeerConnection> accepter) {
        connections.accept(connection -> accepter.accept(traced(connection)));
    }

    @Override
    public Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener) {
        return connections.dial(endpoint, expected, new Dialling(listener));
    }

    @Override
    public void knock(Endpoint endpoint, Consumer<DialBackEnd> ended) {
        connections.knock(endpoint, ended);
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Ends the spans of a fetch on every session. */
    void fetchEnded(Key share) {
        List.copyOf(open).forEach(connection -> connection.fetchEnded(share));
    }

    private TracedConnection traced(PeerConnection connection) {
        TracedConnection traced = new TracedConnection(connection, tracing);
        open.add(traced);
        return traced;
    }

    private final class Dialling implements DialListener {
        private final DialListener listener;

        Dialling(DialListener listener) {
            this.listener = listener;
        }

        @Override
        public void connected(PeerConnection connection) {
            listener.connected(traced(connection));
        }

        @Override
        public void failed(DialFailure failure) {
            listener.failed(failure);
        }
    }
}
