package io.cairn.dht;

import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The providers behind the records that a search finds, except this node. One is reported again when other endpoints of it are believed.
 */
final class FoundProviders implements Dht.RecordListener {
    private final NodeId self;
    private final Dht.SearchListener listener;
    private final Map<NodeId, List<Endpoint>> told = new LinkedHashMap<>();

    FoundProviders(NodeId self, Dht.SearchListener listener) {
        this.self = self;
        this.listener = listener;
    }

    @Override
    public boolean wants(Statement statement) {
        return !statement.publisher().nodeId().equals(self);
    }

    @Override
    public void found(FoundRecord found) {
        Statement statement = found.record().statement();
        List<Endpoint> endpoints = reachable(found);
        if (!endpoints.equals(told.put(statement.publisher().nodeId(), endpoints))) {
            listener.found(new Provider(
                    statement.publisher(),
                    endpoints,
                    statement.expiryMillis(),
                    statement.sequence(),
                    found.heardAt().size()));
        }
    }

    @Override
    public void ended(SearchReport report) {
        listener.ended(report);
    }

    /**
     * The endpoint at which the provider was heard first, then those it names that are usable here and believed given who reported them.
     */
    private static List<Endpoint> reachable(FoundRecord found) {
        Contact source = found.source();
        Set<Endpoint> endpoints = new LinkedHashSet<>(found.heardAt());
        for (Endpoint endpoint : named(found.record().statement())) {
            Endpoint meant = source == null ? endpoint : endpoint.inScopeOf(source.endpoint());
            if (!meant.lacksScope()
                    && (source == null || meant.isMeaningfulTo(source.endpoint()))
                    && AddressScope.isBelieved(meant.address(), found.origin())) {
                endpoints.add(meant);
            }
        }
        return List.copyOf(endpoints);
    }

    private static List<Endpoint> named(Statement statement) {
        try {
            return ProviderAddresses.decode(statement.value());
        } catch (MalformedException impossible) {
            throw new IllegalStateException("a search tells only well-formed values", impossible);
        }
    }
}
