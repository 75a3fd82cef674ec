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
 * The distributed hash table as its users see it. Confined to the node's loop: call every method there, and every stage and
 * listener completes there. Nothing blocks.
 */
public interface Dht extends AutoCloseable {
    /** The id of this node. */
    NodeId id();

    /**
     * Enters the network: greets the bootstrap endpoints and the local network, looks up its own id, refreshes the farther
     * buckets. Completes with the number of contacts then known, 0 if nobody answered; never fails. May be called again.
     */
    CompletionStage<Integer> join(List<Endpoint> bootstrap);

    /** Greets whoever is at an endpoint. Fails with a {@link java.util.concurrent.TimeoutException} if nobody answers. */
    CompletionStage<Contact> ping(Endpoint endpoint);

    /** Looks for the k nodes closest to a point. Completes when the look-up has ended; never fails. */
    CompletionStage<LookupReport> findClosest(Key target);

    /**
     * Looks for the records of one type under a key. Records are told one by one as they are heard of, of each publisher one, and again only if it has
     * said something later or was heard of from nearer. The look-up goes on to the k closest nodes, since any of them may hold other records.
     */
    Search search(RecordType type, Key key, RecordListener listener);

    /**
     * Looks for those who serve a key. A provider is told again if other endpoints of it are believed; this node itself is not told.
     */
    default Search findProviders(Key key, SearchListener listener) {
        return search(RecordType.PROVIDER, key, new FoundProviders(id(), listener));
    }

    /**
     * Remembers what is published when, and goes on where an earlier run was: what is late since then is published soon, nothing else is
     * repeated. Called before the first {@link #publish}; without it every run begins anew.
     *
     * @param earlier what the journal of earlier runs has last been told of each region
     */
    void resumePublishing(List<PublishedRegion> earlier, PublishJournal journal);

    /**
     * Publishes records to the k closest nodes of each of their keys, and publishes them again before they expire until {@link #withdraw}.
     * The root key goes first. A second call for the same type and root replaces the first. What failed is tried again after a while, or as soon
     * as somebody answers if nobody did.
     *
     * @param rootPlaced told once, when the root is on most of its nodes while the other keys are still under way, or when it is clear
     *     how many took it: from then on others can find it
     * @return completes when all keys have been tried once; or when it is withdrawn or the node closed, with what was stored until then.
     *     Where a second call replaces one that has not begun, both complete with what the second did
     */
    CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced);

    /** Publishes that this node serves a content, as {@link #publish} does. */
    default CompletionStage<PublishReport> provide(Provision provision, Consumer<PublishReport> rootPlaced) {
        serveAt(provision.endpoints());
        return publish(provision.announcement(), rootPlaced);
    }

    /** As {@link #provide(Provision, Consumer)}, for those who wait for all keys. */
    default CompletionStage<PublishReport> provide(Provision provision) {
        return provide(provision, report -> {});
    }

    /** From now on this node serves its contents elsewhere: all are published anew at once, those of a region together. */
    void serveAt(List<Endpoint> endpoints);

    /** Stops publishing what has this type and root, and tells its holders, as well as it can. */
    void withdraw(RecordType type, Key root);

    /** No longer provides a content, as {@link #withdraw(RecordType, Key)} says. */
    default void withdraw(Key root) {
        withdraw(RecordType.PROVIDER, root);
    }

    /** The contacts of the routing table, closest to this node first. */
    List<Contact> contacts();

    /** Figures since start. */
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

    /** Stops timers and answers; what is pending completes as unanswered. */
    @Override
    void close();

    /** A look-up under way. */
    interface Search {
        /** Stops asking; the listener hears nothing more. */
        void cancel();

        /** Whom the look-up has asked so far and what came back. */
        SearchReport report();
    }

    /** Hears of a search for records, on the loop. */
    interface RecordListener {
        /** Whether a verified record is of use. If not, it is neither told nor counted, nor left on the path for others. */
        default boolean wants(Statement statement) {
            return true;
        }

        /** A record that was verified and is wanted. */
        void found(FoundRecord found);

        /** The look-up has ended: the closest nodes have answered or failed. */
        void ended(SearchReport report);
    }

    /** Hears of a search for providers, on the loop. */
    interface SearchListener {
        /** A provider with a valid record. */
        void found(Provider provider);

        /** The look-up has ended: the closest nodes have answered or failed. */
        void ended(SearchReport report);
    }
}
