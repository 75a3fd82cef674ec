package io.cairn.transfer.swarm.port;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.LookupReport;
import io.cairn.dht.Provider;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishReport;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A hash table that knows what the test told it. */
public final class FakeDht implements Dht {
    private final NodeId id;
    private final Scheduler scheduler;
    private final Map<Key, List<Provider>> providers = new LinkedHashMap<>();
    private final List<Observer> observers = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private int searches;

    /** @param scheduler of the node */
    public FakeDht(NodeId id, Scheduler scheduler) {
        this.id = id;
        this.scheduler = scheduler;
    }

    /** From now on look-ups find this provider too. */
    public void add(Key key, Provider provider) {
        providers.computeIfAbsent(key, k -> new ArrayList<>()).add(provider);
    }

    void contactAppears(Contact contact) {
        contacts.add(contact);
        observers.forEach(observer -> observer.appeared(contact));
    }

    int searches() {
        return searches;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public CompletionStage<LookupReport> findClosest(Key target) {
        return CompletableFuture.completedFuture(new LookupReport(target, List.of(), -1, 0, 0, false, 0));
    }

    @Override
    public Search search(RecordType type, Key key, RecordListener listener) {
        throw new UnsupportedOperationException("search");
    }

    @Override
    public Search ask(Contact contact, RecordType type, Key key, RecordListener listener) {
        throw new UnsupportedOperationException("ask");
    }

    @Override
    public Search findProviders(Key key, SearchListener listener) {
        searches++;
        List<Provider> found = List.copyOf(providers.getOrDefault(key, List.of()));
        SearchReport report = new SearchReport(key, List.of(), found.size(), 20);
        boolean[] cancelled = {false};
        scheduler.schedule(10, () -> {
            if (!cancelled[0]) {
                found.forEach(listener::found);
            }
        });
        scheduler.schedule(20, () -> {
            if (!cancelled[0]) {
                listener.ended(report);
            }
        });
        return new Search() {
            @Override
            public void cancel() {
                cancelled[0] = true;
            }

            @Override
            public SearchReport report() {
                return report;
            }
        };
    }

    @Override
    public CompletionStage<Integer> join(List<Endpoint> bootstrap) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<Contact> ping(Endpoint endpoint) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("ping"));
    }

    @Override
    public void resumePublishing(List<PublishedRegion> earlier, PublishJournal journal) {}

    @Override
    public CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("publish"));
    }

    @Override
    public void serveAt(List<Endpoint> endpoints) {}

    @Override
    public CompletionStage<Void> withdraw(RecordType type, Key root) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Contact> contacts() {
        return List.copyOf(contacts);
    }

    @Override
    public DhtStatistics statistics() {
        return new DhtStatistics(0, 0, 0, 0, 0, 0, searches, 0, 0, 0, 0, 0, DhtStatistics.Times.NONE, 0, Map.of());
    }

    @Override
    public void observe(Observer observer) {
        observers.add(observer);
    }

    @Override
    public void close() {}
}
