package io.cairn.app.people;

import io.cairn.app.network.Peers;
import io.cairn.dht.Dht;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.Swarm;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Where a node is, by its id alone: its session, this node's routing table, or a look-up for its id. On the loop. */
public final class NodeFinder {
    private final Dht dht;
    private final Swarm swarm;

    public NodeFinder(Dht dht, Swarm swarm) {
        this.dht = dht;
        this.swarm = swarm;
    }

    /** Endpoints at which the node was heard, the best first; empty if nobody knows it. Never fails. */
    public CompletableFuture<List<Endpoint>> find(NodeId node) {
        Set<Endpoint> known = new LinkedHashSet<>();
        swarm.statistics().sessions().stream()
                .filter(session -> Peers.node(session.peer()).equals(node))
                .forEach(session -> known.add(session.endpoint()));
        add(dht.contacts(), node, known);
        if (!known.isEmpty()) {
            return CompletableFuture.completedFuture(List.copyOf(known));
        }
        return dht.findClosest(Key.of(node.toBytes()))
                .thenApply(report -> {
                    add(report.closest(), node, known);
                    return List.copyOf(known);
                })
                .toCompletableFuture();
    }

    private static void add(List<Contact> contacts, NodeId node, Set<Endpoint> known) {
        contacts.stream()
                .filter(contact -> contact.id().equals(node))
                .forEach(contact -> known.add(contact.endpoint()));
    }
}
