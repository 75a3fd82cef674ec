package io.cairn.app.services;

import io.cairn.app.Services;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.service.ServiceDirectory;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One search for services, which its owner may stop before or while it runs. On the loop. */
final class ServiceSearch implements Discovery.Listener {
    private final ServiceDirectory directory;
    private final ServiceQuery query;
    private final Consumer<Services.Event> events;
    private final CompletableFuture<DiscoveryReport> result = new CompletableFuture<>();
    private @Nullable Discovery discovery;
    private boolean isStopped;

    ServiceSearch(ServiceDirectory directory, ServiceQuery query, Consumer<Services.Event> events) {
        this.directory = directory;
        this.query = query;
        this.events = events;
    }

    /** Completes when the search has ended by itself; never after {@link #stop}. */
    CompletableFuture<DiscoveryReport> start() {
        if (!isStopped) {
            discovery = directory.discover(query.capabilities(), query.max(), this);
        }
        return result;
    }

    void stop() {
        isStopped = true;
        if (discovery != null) {
            discovery.cancel();
        }
    }

    @Override
    public void found(FoundService service) {
        events.accept(new Services.Event.Found(service));
    }

    @Override
    public void ended(DiscoveryReport report) {
        result.complete(report);
    }
}
