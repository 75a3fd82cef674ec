package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The distributed hash table as its users see it. Confined to the node's loop: call every method there; every stage completes and every
 * listener is called there. Nothing blocks.
 */
public interface Dht extends AutoCloseable {
    /** The id of this node. */
    NodeId id();

    /**
     * Enters the network: greets the bootstrap endpoints and the local network, looks up this node's id, and refreshes the farther buckets.
     * Completes with the number of contacts then known, 0 if no node answered; never fails. May be called again.
     */
    CompletionStage<Integer> join(List<Endpoint> bootstrap);

    /** Greets the node at an endpoint. Fails with a {@link java.util.concurrent.TimeoutException} if none answers. */
    CompletionStage<Contact> ping(Endpoint endpoint);

    /** Looks for the k nodes closest to a point. Completes when the look-up has ended; never fails. */
    CompletionStage<LookupReport> findClosest(Key target);

    /**
     * Searches for the records of one type under a key. Records are reported as they arrive, one per publisher, and again only if the
     * publisher has a later statement or was heard from a nearer address. The look-up continues to the k closest nodes, since any of them
     * may hold other records.
     */
    Search search(RecordType type, Key key, RecordListener listener);

    /** Asks one node, and no other, for the records of one type under a key. Otherwise as {@link #search}. */
    Search ask(Contact contact, RecordType type, Key key, RecordListener listener);

    /**
     * Searches for the providers of a key. A provider is reported again if other endpoints of it are believed; this node itself is not
     * reported.
     */
    default Search findProviders(Key key, SearchListener listener) {
        return search(RecordType.PROVIDER, key, new FoundProviders(id(), listener));
    }

    /**
     * Records what is published when, and resumes an earlier run: overdue records are published soon, the others when they are due. Call it
     * before the first {@link #publish}; without it every run starts over.
     *
     * @param earlier the last entry of the journal for each region
     */
    void resumePublishing(List<PublishedRegion> earlier, PublishJournal journal);

    /**
     * Publishes records to the k closest nodes of each of their keys, and republishes them before they expire until {@link #withdraw}. The
     * root key is first. A second call for the same type and root replaces the first. Failures are retried after a while, or, if no node
     * answered, as soon as one does.
     *
     * @param rootPlaced called once, when most target nodes hold the root while the other keys are still under way, or when all of them
     *     have answered or failed: from then on others can find it
     * @return completes when all keys have been tried once; or, when it is withdrawn or the node closed, with what was stored until then.
     *     Where a second call replaces one that has not begun, both complete with the result of the second
     */
    CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced);

    /** Publishes this node as a provider of a content, as {@link #publish} does. */
    default CompletionStage<PublishReport> provide(Provision provision, Consumer<PublishReport> rootPlaced) {
        serveAt(provision.endpoints());
        return publish(provision.announcement(), rootPlaced);
    }

    /** As {@link #provide(Provision, Consumer)}, for callers that wait for all keys. */
    default CompletionStage<PublishReport> provide(Provision provision) {
        return provide(provision, report -> {});
    }

    /** Sets the endpoints at which this node serves: republishes all contents at once, region by region. */
    void serveAt(List<Endpoint> endpoints);

    /**
     * Stops publishing the announcement of this type and root, and withdraws its records on a best-effort basis.
     *
     * @return completes when each holder that was found has answered or failed; at once if nothing is published. Never fails
     */
    CompletionStage<Void> withdraw(RecordType type, Key root);

    /** Stops providing a content, as {@link #withdraw(RecordType, Key)} describes. */
    default CompletionStage<Void> withdraw(Key root) {
        return withdraw(RecordType.PROVIDER, root);
    }

    /** The contacts of the routing table, closest to this node first. */
    List<Contact> contacts();

    /** Statistics since start. */
    DhtStatistics statistics();

    /** From now on reports what happens without having been asked for. On the loop. */
    void observe(Observer observer);

    /** Hears, on the loop, what happens without having been asked for. */
    @FunctionalInterface
    interface Observer {
        /** A contact newly enters the routing table. */
        void appeared(Contact contact);

        /** A node is heard for the first time that this one cannot talk to. */
        default void heard(Misfit misfit) {}
    }

    /** Stops timers and answers; pending requests complete as unanswered. */
    @Override
    void close();

    /** A search in progress. */
    interface Search {
        /** Stops asking; the listener is not called again. */
        void cancel();

        /** The nodes asked so far and their answers. */
        SearchReport report();
    }

    /** Receives the results of a record search, on the loop. */
    interface RecordListener {
        /** Whether a verified record is of use. If not, it is neither reported nor counted, nor cached on the path. */
        default boolean wants(Statement statement) {
            return true;
        }

        /** A verified, wanted record. */
        void found(FoundRecord found);

        /** The look-up has ended: the closest nodes have answered or failed. */
        void ended(SearchReport report);
    }

    /** Receives the results of a provider search, on the loop. */
    interface SearchListener {
        /** A provider with a valid record. */
        void found(Provider provider);

        /** The look-up has ended: the closest nodes have answered or failed. */
        void ended(SearchReport report);
    }
}
