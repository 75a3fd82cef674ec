package io.cairn.app.trace;

import io.cairn.app.CairnException;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Envelopes;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.trace.FetchTraces;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What tracing adds to the ports of a node. Unless it is on, that is nothing: each port is returned as it is. */
public interface NodeTracing extends AutoCloseable {
    /** No tracing. */
    NodeTracing OFF = new NodeTracing() {};

    /**
     * The tracing of a node.
     *
     * @param random used on the loop only
     * @throws CairnException if the file cannot be opened
     */
    static NodeTracing of(TraceSettings settings, NodeId node, Scheduler scheduler, Clock clock, RandomGenerator random)
            throws CairnException {
        Path file = settings.file();
        return file == null
                ? OFF
                : new WrittenTracing(TraceFile.open(file, node, scheduler), settings.peers(), clock, random);
    }

    /** The envelopes of the DHT. */
    default Envelopes envelopes(Envelopes plain) {
        return plain;
    }

    /** The DHT as fetches use it; its envelopes come first. */
    default Dht dht(Dht plain) {
        return plain;
    }

    /** The sessions with peers. */
    default PeerConnections connections(PeerConnections plain) {
        return plain;
    }

    /** The traces of fetches; the sessions come first. */
    default FetchTraces fetches() {
        return FetchTraces.NONE;
    }

    /** Writes what is left, once the loop has stopped. */
    @Override
    default void close() {}
}
