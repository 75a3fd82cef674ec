package io.cairn.dht.node.trace;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.LookupReport;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishReport;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A DHT whose searches are steps of the traced fetch of the same key. Everything else passes through. */
public final class TracedDht implements Dht {
    private final Dht dht;
    private final TracedKeys fetches;
    private final TracedEnvelopes envelopes;

    /**
     * @param fetches the keys that are fetched as part of a trace
     * @param envelopes those of the same node
     */
    public TracedDht(Dht dht, TracedKeys fetches, TracedEnvelopes envelopes) {
        this.dht = dht;
        this.fetches = fetches;
        this.envelopes = envelopes;
    }

    @Override
    public Search search(RecordType type, Key key, RecordListener listener) {
        Span fetch = fetches.of(key);
        if (fetch == null) {
            return dht.search(type, key, listener);
        }
        Span lookup = fetch.child("lookup", Span.Kind.INTERNAL).with("cairn.key", key.toHex());
        if (!envelopes.lookups().begin(key, lookup)) {
            return dht.search(type, key, listener);
        }
        return new TracedSearch(lookup, key, type, listener);
    }

    @Override
    public NodeId id() {
        return dht.id();
    }

    @Override
    public CompletionStage<Integer> join(List<Endpoint> bootstrap) {
        return dht.join(bootstrap);
    }

    @Override
    public CompletionStage<Contact> ping(Endpoint endpoint) {
        return dht.ping(endpoint);
    }

    @Override
    public CompletionStage<LookupReport> findClosest(Key target) {
        return dht.findClosest(target);
    }

    @Override
    public void resumePublishing(List<PublishedRegion> earlier, PublishJournal journal) {
        dht.resumePublishing(earlier, journal);
    }

    @Override
    public CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced) {
        return dht.publish(announcement, rootPlaced);
    }

    /** Not traced: one request. */
    @Override
    public Search ask(Contact contact, RecordType type, Key key, RecordListener listener) {
        return dht.ask(contact, type, key, listener);
    }

    @Override
    public void serveAt(List<Endpoint> endpoints) {
        dht.serveAt(endpoints);
    }

    @Override
    public CompletionStage<Void> withdraw(RecordType type, Key root) {
        return dht.withdraw(type, root);
    }

    @Override
    public List<Contact> contacts() {
        return dht.contacts();
    }

    @Override
    public DhtStatistics statistics() {
        return dht.statistics();
    }

    @Override
    public void observe(Observer observer) {
        dht.observe(observer);
    }

    @Override
    public void close() {
        dht.close();
    }

    /** One search, its listener, and its span. */
    private final class TracedSearch implements Search, RecordListener {
        private final Span lookup;
        private final Key key;
        private final RecordListener listener;
        private final Search search;

        TracedSearch(Span lookup, Key key, RecordType type, RecordListener listener) {
            this.lookup = lookup;
            this.key = key;
            this.listener = listener;
            this.search = dht.search(type, key, this); // calls back later, as every search does
        }

        @Override
        public boolean wants(Statement statement) {
            return listener.wants(statement);
        }

        @Override
        public void found(FoundRecord found) {
            lookup.add("cairn.records", 1);
            listener.found(found);
        }

        @Override
        public void ended(SearchReport report) {
            end(report);
            listener.ended(report);
        }

        @Override
        public void cancel() {
            search.cancel();
            lookup.with("cairn.cancelled", "true");
            end(search.report());
        }

        @Override
        public SearchReport report() {
            return search.report();
        }

        private void end(SearchReport report) {
            if (!lookup.hasEnded()) {
                lookup.with("cairn.nodes.asked", report.asked().size())
                        .with("cairn.nodes.answered", report.answered())
                        .end();
                envelopes.lookupEnded(key);
            }
        }
    }
}
