package io.cairn.control;

import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.dht.service.DiscoveryReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The services of whichever node is the current one. An announcement is made again on the next node only while its call waits; who
 * announced for as long as a node lives does so again at its successor.
 */
final class SharedServices implements Services {
    private final Succession succession;

    SharedServices(Succession succession) {
        this.succession = succession;
    }

    @Override
    public CompletableFuture<Announced> announce(Announcement announcement) {
        return succession.carry(on -> on.node().services().announce(announcement));
    }

    @Override
    public List<Announced> announced() {
        return succession.ask(on -> on.node().services().announced());
    }

    @Override
    public CompletableFuture<Announced> withdraw(String id) {
        return succession.carry(on -> on.node().services().withdraw(id));
    }

    @Override
    public Operation<Event, DiscoveryReport> discover(ServiceQuery query) {
        return search(services -> services.discover(query));
    }

    @Override
    public Operation<Event, DiscoveryReport> watch(ServiceQuery query) {
        return search(services -> services.watch(query));
    }

    private Operation<Event, DiscoveryReport> search(Function<Services, Operation<Event, DiscoveryReport>> call) {
        return SteadyOperation.begun(succession, on -> call.apply(on.node().services()));
    }
}
