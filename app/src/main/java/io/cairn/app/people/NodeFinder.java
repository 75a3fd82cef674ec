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
import java.util.Optional;
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
        List<Endpoint> known = known(node);
        return known.isEmpty()
                ? search(node).thenApply(found -> found.map(List::of).orElseGet(List::of))
                : CompletableFuture.completedFuture(known);
    }

    /** Endpoints at which this node itself heard it, the best first. It may be gone from there. */
    public List<Endpoint> known(NodeId node) {
        Set<Endpoint> known = new LinkedHashSet<>();
        swarm.statistics().sessions().stream()
                .filter(session -> Peers.node(session.peer()).equals(node))
                .forEach(session -> known.add(session.endpoint()));
        of(dht.contacts(), node).ifPresent(known::add);
        return List.copyOf(known);
    }

    /** Where the node answers a look-up for its id; empty if it does not. Never fails. */
    public CompletableFuture<Optional<Endpoint>> search(NodeId node) {
        return dht.findClosest(Key.of(node.toBytes()))
                .thenApply(report -> of(report.closest(), node))
                .toCompletableFuture();
    }

    private static Optional<Endpoint> of(List<Contact> contacts, NodeId node) {
        return contacts.stream()
                .filter(contact -> contact.id().equals(node))
                .map(Contact::endpoint)
                .findFirst();
    }
}
