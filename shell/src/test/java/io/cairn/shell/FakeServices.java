package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.Services;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The services of a fake node: all nodes of its world find them at once. */
public final class FakeServices implements Services {
    private final FakeNode node;
    private final Map<String, Announced> announced = new LinkedHashMap<>();
    private final List<FakeOperation<Event, DiscoveryReport>> watches = new ArrayList<>();

    /** Runs when a watch has told what there is. */
    public Runnable whenWatched = () -> {};

    FakeServices(FakeNode node) {
        this.node = node;
    }

    @Override
    public CompletableFuture<Announced> announce(Announcement wanted) {
        int nodes = node.world.nodes.size();
        Announced now = new Announced(
                node.identity.nodeId(), wanted.service(), wanted.ttlSeconds(), wanted.kept(), nodes, nodes);
        if (!node.closed) {
            announced.put(wanted.service().id(), now);
        }
        return node.answer(now);
    }

    @Override
    public List<Announced> announced() {
        return node.closed ? List.of() : List.copyOf(announced.values());
    }

    @Override
    public CompletableFuture<Announced> withdraw(String id) {
        if (node.closed) {
            return CompletableFuture.failedFuture(FakeOperation.closed());
        }
        Announced former = announced.remove(id);
        return former != null
                ? CompletableFuture.completedFuture(former)
                : CompletableFuture.failedFuture(new CairnException(
                        Kind.USAGE,
                        "no service to withdraw",
                        "none is " + id,
                        Reason.LIST_THE_SERVICES.says("list them")));
    }

    @Override
    public Operation<Event, DiscoveryReport> discover(ServiceQuery query) {
        FakeOperation<Event, DiscoveryReport> search = new FakeOperation<>();
        if (node.refuses(search.completion)) {
            return search;
        }
        List<Event> found = found(query);
        found.forEach(search::tell);
        if (found.isEmpty()) {
            search.completion.completeExceptionally(new CairnException(
                    Kind.NO_PROVIDER, "no service", "none has it", Reason.ANNOUNCE_A_SERVICE.says("announce one")));
        }
        search.completion.complete(new DiscoveryReport(found.size(), 1, 4, 4, true, 12));
        return search;
    }

    @Override
    public Operation<Event, DiscoveryReport> watch(ServiceQuery query) {
        FakeOperation<Event, DiscoveryReport> watch = new FakeOperation<>();
        if (!node.refuses(watch.completion)) {
            watches.add(watch);
            found(query).forEach(watch::tell);
            whenWatched.run();
        }
        return watch;
    }

    /** Tells all watches that a service of a node is gone. */
    public void gone(FakeNode of, String id, End end) {
        watches.forEach(watch -> watch.tell(new Event.Gone(of.identity.nodeId(), id, end)));
    }

    /** Tells all watches of a service of a node, once more. */
    public void found(FakeNode of, String id) {
        Announced one = Objects.requireNonNull(of.services.announced.get(id), "not announced");
        watches.forEach(watch -> watch.tell(found(of, one)));
    }

    /** Whether a search goes on that nobody wants any more. */
    public boolean isWatching() {
        return watches.stream().anyMatch(watch -> !watch.completion.isDone());
    }

    private List<Event> found(ServiceQuery query) {
        List<Event> found = new ArrayList<>();
        for (FakeNode other : node.world.nodes) {
            for (Announced one : other.services.announced.values()) {
                if (one.service().capabilities().containsAll(query.capabilities())) {
                    found.add(found(other, one));
                }
            }
        }
        return found;
    }

    private static Event found(FakeNode of, Announced one) {
        return new Event.Found(
                new FoundService(one.service(), of.identity.nodeId(), 1_000, 601_000, List.of(of.endpoint())));
    }
}
