package io.cairn.dht.node;

import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for those who serve a key, and tells each as soon as its record has proven true: first those this node knows itself. */
final class ProviderSearch implements Dht.Search, LookupRun.Listener {
    /** Providers that are told at most: nobody fetches from more, and strangers may not fill our memory. */
    private static final int PROVIDERS_MAX = 1_024;

    private final Local local;
    private final RoutingTable table;
    private final Key key;
    private final PathCache path;
    private final Dht.SearchListener listener;
    private final long startMillis;
    private final Map<NodeId, Told> told = new LinkedHashMap<>();
    private final Map<Contact, SearchReport.Asked> asked = new LinkedHashMap<>();
    private @Nullable LookupRun run;
    private long endMillis = -1;
    private boolean isCancelled;

    private ProviderSearch(Local local, RoutingTable table, Key key, PathCache path, Dht.SearchListener listener) {
        this.local = local;
        this.table = table;
        this.key = key;
        this.path = path;
        this.listener = listener;
        this.startMillis = local.monotonicMillis();
    }

    static ProviderSearch start(
            Local local,
            RoutingTable table,
            Lookups lookups,
            RecordStore records,
            PathCache path,
            Key key,
            Dht.SearchListener listener) {
        ProviderSearch search = new ProviderSearch(local, table, key, path, listener);
        local.environment()
                .scheduler()
                .execute(() -> records.find(
                                key,
                                RecordType.PROVIDER,
                                PROVIDERS_MAX,
                                local.wallMillis(),
                                local.environment().random())
                        .forEach(found ->
                                records.originOf(found).ifPresent(origin -> search.tell(found, null, origin))));
        search.run = lookups.findValues(key, RecordType.PROVIDER, search);
        return search;
    }

    @Override
    public void cancel() {
        isCancelled = true;
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public SearchReport report() {
        List<SearchReport.Asked> closestFirst = asked.values().stream()
                .sorted(Comparator.comparing(a -> a.contact().id().distanceTo(key)))
                .toList();
        long untilMillis = endMillis < 0 ? local.monotonicMillis() : endMillis;
        return new SearchReport(key, closestFirst, told.size(), untilMillis - startMillis);
    }

    @Override
    public void asked(Contact contact) {
        note(contact, SearchReport.Outcome.WAITING, 0);
    }

    @Override
    public void answered(Contact contact, Message.Response response) {
        if (response instanceof Message.Values values) {
            int providers = 0;
            for (SignedRecord found : values.records()) {
                providers += tell(found, contact, contact.endpoint().address()) ? 1 : 0;
            }
            if (values.recordsHeld() == 0) {
                path.answeredWithout(contact);
            }
            note(contact, SearchReport.Outcome.ANSWERED, providers);
        }
    }

    @Override
    public void unanswered(Contact contact) {
        note(contact, SearchReport.Outcome.SILENT, 0);
    }

    @Override
    public void ended(List<Contact> closest) {
        endMillis = local.monotonicMillis();
        path.ended();
        if (!isCancelled) {
            listener.ended(report());
        }
    }

    /**
     * Whether the record names a provider, told already or not. One that is heard of again from nearer is told again: more of the addresses
     * that it names are believed then.
     *
     * @param source who gave it; null if this node held it
     * @param origin from where it was given
     */
    private boolean tell(SignedRecord found, @Nullable Contact source, InetAddress origin) {
        Statement statement = found.statement();
        NodeId publisher = statement.publisher().nodeId();
        if (!isCurrent(found)) {
            return false;
        }
        AddressScope scope = AddressScope.of(origin);
        Told before = told.get(publisher);
        if (before != null && !before.isOutdoneBy(statement.sequence(), scope)) {
            return true;
        }
        if (!found.isSignedByPublisher()) {
            return false;
        }
        try {
            List<Endpoint> named = ProviderAddresses.decode(statement.value());
            Provider provider = new Provider(
                    statement.publisher(), reachable(publisher, named, source, origin), statement.expiryMillis());
            if (!isCancelled && !publisher.equals(local.id()) && (before != null || told.size() < PROVIDERS_MAX)) {
                told.put(publisher, new Told(statement.sequence(), scope, provider.endpoints()));
                path.found(found);
                if (before == null || !before.endpoints.equals(provider.endpoints())) {
                    listener.found(provider);
                }
            }
            return true;
        } catch (MalformedException malformed) {
            local.traffic().drop(Traffic.Drop.MALFORMED);
            return false;
        }
    }

    /**
     * Where a provider may be reached: first where it was itself heard over UDP, which no record can get wrong, then at the addresses it
     * names that mean something here and are believed on the word of who told.
     */
    private List<Endpoint> reachable(
            NodeId publisher, List<Endpoint> named, @Nullable Contact source, InetAddress origin) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        if (source != null && source.id().equals(publisher)) {
            endpoints.add(source.endpoint());
        }
        table.find(publisher).ifPresent(contact -> endpoints.add(contact.endpoint()));
        for (Endpoint endpoint : named) {
            Endpoint meant = source == null ? endpoint : endpoint.inScopeOf(source.endpoint());
            if (!meant.lacksScope()
                    && (source == null || meant.isMeaningfulTo(source.endpoint()))
                    && AddressScope.isBelieved(meant.address(), origin)) {
                endpoints.add(meant);
            }
        }
        return List.copyOf(endpoints);
    }

    private boolean isCurrent(SignedRecord found) {
        Statement statement = found.statement();
        long wallMillis = local.wallMillis();
        long latestMillis = wallMillis
                + local.limits().records().lifetimeMillis()
                + local.limits().guard().timeStampWindowMillis();
        return found.key().equals(key)
                && statement.type() == RecordType.PROVIDER
                && statement.value().length > 0
                && statement.expiryMillis() > wallMillis
                && statement.expiryMillis() <= latestMillis;
    }

    private void note(Contact contact, SearchReport.Outcome outcome, int providers) {
        asked.put(contact, new SearchReport.Asked(contact, outcome, providers));
    }

    /** What was told of a publisher, on whose word: only what is newer, or comes from nearer, and is other is told again. */
    private record Told(long sequence, AddressScope scope, List<Endpoint> endpoints) {
        boolean isOutdoneBy(long laterSequence, AddressScope nearerScope) {
            return laterSequence > sequence || laterSequence == sequence && nearerScope.compareTo(scope) < 0;
        }
    }
}
