package io.cairn.app.network;

import io.cairn.dht.Dht;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a private network, where the first bytes of a connection name the node that is meant: an address without an id, as from a
 * link, is greeted over UDP first, which proves who is there. Confined to the loop.
 */
public final class GreetedConnections implements PeerConnections {
    private final PeerConnections connections;
    private final Dht dht;

    public GreetedConnections(PeerConnections connections, Dht dht) {
        this.connections = connections;
        this.dht = dht;
    }

    @Override
    public void accept(Consumer<PeerConnection> accepter) {
        connections.accept(accepter);
    }

    @Override
    public Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener) {
        if (expected != null) {
            return connections.dial(endpoint, expected, listener);
        }
        GreetedDial dial = new GreetedDial();
        dht.ping(endpoint).whenComplete((contact, failure) -> {
            if (dial.isCancelled) {
                return;
            }
            if (failure == null) {
                dial.attempt = connections.dial(endpoint, PeerId.of(contact.id()), listener);
            } else {
                listener.failed(new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer over UDP at " + endpoint));
            }
        });
        return dial;
    }

    @Override
    public void knock(Endpoint endpoint, Consumer<DialBackEnd> done) {
        connections.knock(endpoint, done);
    }

    @Override
    public void close() {
        connections.close();
    }

    private static final class GreetedDial implements Attempt {
        private boolean isCancelled;
        private @Nullable Attempt attempt;

        @Override
        public void cancel() {
            isCancelled = true;
            if (attempt != null) {
                attempt.cancel();
            }
        }
    }
}
