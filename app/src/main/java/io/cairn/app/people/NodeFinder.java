package io.cairn.app.people;

import io.cairn.app.network.Peers;
import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.Provision;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Where a node is, by its id alone: its session, this node's routing table, a look-up for its id, or the record in which it says itself where
 * it is. The routing tables of others may still have an address that it has left; the record is its own, and it publishes another when it
 * moves. On the loop.
 */
public final class NodeFinder {
    /** A node that has run this long says where it is; one that only runs a command does not. */
    private static final long SETTLED_MILLIS = 10_000;

    private final Dht dht;
    private final Swarm swarm;

    public NodeFinder(Dht dht, Swarm swarm) {
        this.dht = dht;
        this.swarm = swarm;
    }

    /**
     * Says in the network where this node is, from some time after now on.
     *
     * @param addresses where it is then
     */
    public void sayWhereThisNodeIs(Scheduler scheduler, Supplier<List<Endpoint>> addresses) {
        Key key = Key.of(dht.id().toBytes());
        scheduler.schedule(SETTLED_MILLIS, () -> dht.provide(new Provision(key, List.of(), addresses.get(), 0)));
    }

    /** Endpoints of a session, or where the node answers now; empty if it cannot be found. Never fails. */
    public CompletableFuture<List<Endpoint>> find(NodeId node) {
        List<Endpoint> session = ofSession(node);
        return session.isEmpty()
                ? answering(node, known(node))
                        .thenCompose(
                                heard -> heard.isPresent() ? CompletableFuture.completedFuture(heard) : search(node))
                        .thenApply(found -> found.map(List::of).orElseGet(List::of))
                : CompletableFuture.completedFuture(session);
    }

    /** Endpoints at which this node itself heard it, the best first. It may be gone from there. */
    public List<Endpoint> known(NodeId node) {
        Set<Endpoint> known = new LinkedHashSet<>(ofSession(node));
        of(dht.contacts(), node).ifPresent(known::add);
        return List.copyOf(known);
    }

    /** Where the node answers a look-up for its id, or at an endpoint of its own record; empty if it does not. Never fails. */
    public CompletableFuture<Optional<Endpoint>> search(NodeId node) {
        Key key = Key.of(node.toBytes());
        CompletableFuture<List<Endpoint>> said = said(node, key);
        return dht.findClosest(key)
                .thenApply(report -> of(report.closest(), node))
                .thenCompose(closest -> closest.isPresent()
                        ? CompletableFuture.completedFuture(closest)
                        : said.thenCompose(endpoints -> answering(node, endpoints)))
                .toCompletableFuture();
    }

    /** Where the node itself says it is. Never fails. */
    private CompletableFuture<List<Endpoint>> said(NodeId node, Key key) {
        CompletableFuture<List<Endpoint>> result = new CompletableFuture<>();
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        dht.findProviders(key, new Dht.SearchListener() {
            @Override
            public void found(Provider provider) {
                if (provider.id().equals(node)) {
                    endpoints.addAll(provider.endpoints());
                }
            }

            @Override
            public void ended(SearchReport report) {
                result.complete(List.copyOf(endpoints));
            }
        });
        return result;
    }

    /** The first endpoint at which this very node answers. Never fails. */
    private CompletableFuture<Optional<Endpoint>> answering(NodeId node, List<Endpoint> endpoints) {
        CompletableFuture<Optional<Endpoint>> first = new CompletableFuture<>();
        CompletableFuture<?> allSilent = CompletableFuture.completedFuture(true);
        for (Endpoint endpoint : endpoints) {
            CompletableFuture<Boolean> asked = dht.ping(endpoint)
                    .handle((contact, failure) -> failure == null
                            && contact.id().equals(node)
                            && first.complete(Optional.of(contact.endpoint())))
                    .toCompletableFuture();
            allSilent = allSilent.thenCombine(asked, (before, now) -> true);
        }
        CompletableFuture<?> unused = allSilent.thenAccept(all -> first.complete(Optional.empty()));
        return first;
    }

    private List<Endpoint> ofSession(NodeId node) {
        return swarm.statistics().sessions().stream()
                .filter(session -> Peers.node(session.peer()).equals(node))
                .map(SwarmStatistics.Session::endpoint)
                .distinct()
                .toList();
    }

    private static Optional<Endpoint> of(List<Contact> contacts, NodeId node) {
        return contacts.stream()
                .filter(contact -> contact.id().equals(node))
                .map(Contact::endpoint)
                .findFirst();
    }
}
