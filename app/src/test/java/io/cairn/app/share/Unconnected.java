package io.cairn.app.share;

import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The surroundings of a node that nobody hears, and that hears nobody. */
final class Unconnected {
    private Unconnected() {}

    static CompletableFuture<Optional<byte[]>> ask(NodeId node, Topic topic, byte[] body) {
        return CompletableFuture.failedFuture(new IOException("nobody is there"));
    }

    static final class Packets implements Network {
        @Override
        public void send(Endpoint to, Packet packet) {}

        @Override
        public void sendFromAnotherPort(Endpoint to, Packet packet) {}

        @Override
        public void sendToLocalNetwork(Packet packet) {}

        @Override
        public void listen(Receiver receiver) {}
    }

    static final class Sessions implements PeerConnections {
        @Override
        public void accept(Consumer<PeerConnection> accepted) {}

        @Override
        public Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener) {
            return () -> {};
        }

        @Override
        public void knock(Endpoint endpoint, Consumer<DialBackEnd> done) {}

        @Override
        public void close() {}
    }
}
