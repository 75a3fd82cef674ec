package io.cairn.app.network;

import io.cairn.app.Node;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.peer.SwarmStatistics;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts the contacts of the routing table and the transfer sessions into one list, by node. */
public final class Peers {
    private Peers() {}

    /** The node id of a peer: on Cairn's own wire, every peer is a node. */
    public static NodeId node(PeerId peer) {
        return Objects.requireNonNull(peer.node());
    }

    public static List<Node.Peer> of(List<Contact> contacts, List<SwarmStatistics.Session> sessions) {
        Map<NodeId, Node.Peer> peers = new LinkedHashMap<>();
        for (Contact contact : contacts) {
            peers.put(contact.id(), new Node.Peer(contact.id(), contact.endpoint(), Node.Peer.Via.DHT, 0, 0));
        }
        for (SwarmStatistics.Session session : sessions) {
            NodeId node = node(session.peer());
            peers.merge(
                    node,
                    new Node.Peer(
                            node,
                            session.endpoint(),
                            Node.Peer.Via.SESSION,
                            session.receivedBytes(),
                            session.sentBytes()),
                    (known, added) -> new Node.Peer(
                            known.node(),
                            known.endpoint(),
                            known.via() == Node.Peer.Via.DHT ? Node.Peer.Via.BOTH : known.via(),
                            known.receivedBytes() + added.receivedBytes(),
                            known.sentBytes() + added.sentBytes()));
        }
        return List.copyOf(peers.values());
    }
}
