package io.cairn.control.client;

import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.dht.service.DiscoveryReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The services of a node in another process. */
final class RemoteServices implements Services {
    private static final String SERVICES = "/services";

    private final NodeCalls calls;

    RemoteServices(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletableFuture<Announced> announce(Announcement announcement) {
        return calls.call(
                Request.post(SERVICES, ServiceJson.of(announcement)), Answer.object(ServiceJson::readAnnounced));
    }

    @Override
    public List<Announced> announced() {
        return calls.ask(Request.get(SERVICES), Answer.array(ServiceJson::readAnnounced), List::of);
    }

    @Override
    public CompletableFuture<Announced> withdraw(String id) {
        return calls.call(
                Request.delete(SERVICES + "/" + Request.encoded(id)), Answer.object(ServiceJson::readAnnounced));
    }

    @Override
    public Operation<Event, DiscoveryReport> discover(ServiceQuery query) {
        return search(query, "");
    }

    @Override
    public Operation<Event, DiscoveryReport> watch(ServiceQuery query) {
        return search(query, "&watch=true");
    }

    private Operation<Event, DiscoveryReport> search(ServiceQuery query, String more) {
        String wanted = query.capabilities().stream()
                .map(capability -> "capability=" + Request.encoded(capability))
                .collect(Collectors.joining("&"));
        String max = query.max() == Integer.MAX_VALUE ? "" : "&max=" + query.max();
        return calls.operation(
                Request.get("/discovery?" + wanted + max + more),
                new OperationLines.Shape<>(
                        ServiceJson::isEvent, ServiceJson::readEvent, ServiceJson::readReport, event -> null));
    }
}
