package io.cairn.app.trace;

import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.trace.TracedDht;
import io.cairn.dht.node.trace.TracedEnvelopes;
import io.cairn.dht.trace.ForeignTraces;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.trace.Tracer;
import io.cairn.dht.wire.Envelopes;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.trace.FetchTraces;
import io.cairn.transfer.swarm.trace.TracedConnections;
import io.cairn.transfer.swarm.trace.TracedFetches;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decorates the ports of a node, so that its part of each trace is written to a file. Made for one node. */
final class WrittenTracing implements NodeTracing {
    private final TraceFile file;
    private final Clock clock;
    private final Tracer tracer;
    private final ForeignTraces foreign;
    private final TracedKeys fetches = new TracedKeys();
    private @Nullable TracedEnvelopes envelopes;
    private @Nullable TracedConnections connections;

    /** @param peers the nodes whose traces are continued */
    WrittenTracing(TraceFile file, List<NodeId> peers, Clock clock, RandomGenerator random) {
        this.file = file;
        this.clock = clock;
        this.tracer = new Tracer(clock, random, file);
        this.foreign = new ForeignTraces(peers);
    }

    @Override
    public Envelopes envelopes(Envelopes plain) {
        TracedEnvelopes traced = new TracedEnvelopes(plain, tracer, foreign, clock);
        envelopes = traced;
        return traced;
    }

    @Override
    public Dht dht(Dht plain) {
        return new TracedDht(plain, fetches, Objects.requireNonNull(envelopes));
    }

    @Override
    public PeerConnections connections(PeerConnections plain) {
        TracedConnections traced = new TracedConnections(plain, fetches, tracer, foreign, clock);
        connections = traced;
        return traced;
    }

    @Override
    public FetchTraces fetches() {
        return new TracedFetches(tracer, fetches, Objects.requireNonNull(connections));
    }

    @Override
    public void close() {
        file.close();
    }
}
