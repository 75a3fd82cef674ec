package io.cairn.app.share;

import io.cairn.app.fetch.AppLoop;
import io.cairn.app.manifest.PeerManifests;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.people.OfferBook;
import io.cairn.app.people.People;
import io.cairn.app.work.Work;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The surroundings of a node that nobody hears, and that hears nobody. */
final class Unconnected {
    private Unconnected() {}

    /** Who may have what is shared, for a node that is as after its start. */
    record Sharer(Swarm swarm, People people, SharePublications publications, Audiences audiences) {
        /** Completes once everything of earlier runs is read. */
        CompletableFuture<?> restore() {
            return CompletableFuture.allOf(
                    people.contacts().restore(), people.offers().restore(), audiences.restore());
        }
    }

    /** @param asking the other nodes */
    static Sharer sharer(
            AppLoop loop,
            Work work,
            Random random,
            Identity identity,
            StateDatabase state,
            Map<Key, ShareEntry> shares,
            SecretRenewals.Asking asking) {
        DhtNode dht = new DhtNode(
                identity,
                NetworkId.ofName("test"),
                new Environment(loop, loop, new Packets(), random),
                new DatagramCodec(identity),
                KademliaLimits.defaults());
        Swarm swarm = new Swarm(
                dht,
                loop,
                loop,
                random,
                new Sessions(),
                new PeerManifests(),
                SwarmLimits.DEFAULT,
                (share, failure) -> {});
        People people = new People(
                new AddressBook(work, dht.id(), state.contacts()),
                new OfferBook(work, state.offers()),
                new NodeFinder(dht, swarm));
        SharePublications publications = new SharePublications(work, state, dht, swarm, List::of);
        return new Sharer(
                swarm,
                people,
                publications,
                new Audiences(work, loop, random, people, swarm, publications, shares, asking));
    }

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
