package io.cairn.dht.node.publish;

import io.cairn.dht.Announcement;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** This node's own statements: its endpoints, their sequence numbers, and the contents whose keys are published by region. */
public final class OwnRecords {
    /**
     * Republication intervals for which a withdrawal is held: the first two reach the holders that missed it. A node away for longer may
     * show the withdrawn record until it expires; covering that case would cost other nodes two days of memory per withdrawal.
     */
    private static final int WITHDRAWAL_ROUNDS = 3;

    private final Local local;
    private final RecordStore records;
    private final StoreWindow window;
    private final Set<ProvidedContent> published = new LinkedHashSet<>();
    private PublishJournal journal = PublishJournal.none();
    private List<Endpoint> endpoints = List.of();
    private long lastSequence;

    public OwnRecords(Local local, RecordStore records, StoreWindow window) {
        this.local = local;
        this.records = records;
        this.window = window;
    }

    /** The endpoints at which this node serves; empty until they are set. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Sets the endpoints for later records, and makes holders report again at which address they see this node. */
    void serveAt(List<Endpoint> latest) {
        endpoints = List.copyOf(latest);
        window.addressesChanged();
    }

    /** A statement that names this node as a provider. */
    Statement provider() {
        return provider(nextSequence());
    }

    /** The statement that named this node as a provider in an earlier run. */
    Statement provider(long sequence) {
        return statement(RecordType.PROVIDER, ProviderAddresses.encode(endpoints), sequence, Long.MAX_VALUE);
    }

    /** A statement of this node, with the sequence that the announcement has or else the next one. */
    Statement statement(Announcement announcement) {
        if (announcement.sequence() == 0) {
            return statement(announcement.type(), announcement.value(), nextSequence(), announcement.lifeMillis());
        }
        long lifeMillis =
                Math.min(announcement.lifeMillis(), local.limits().records().lifetimeMillis());
        return new Statement(
                announcement.type(),
                local.identity().publicKey(),
                announcement.value(),
                announcement.sequence(),
                local.wallMillis() + lifeMillis);
    }

    /** Withdraws an earlier statement with this life. */
    Statement withdrawal(RecordType type, long lifeMillis) {
        long roundsMillis = WITHDRAWAL_ROUNDS * local.limits().records().republishMillis();
        return statement(type, new byte[0], nextSequence(), Math.min(lifeMillis, roundsMillis));
    }

    /** Signs and stores batches of a statement. */
    Stores stores(Statement statement, Tally tally) {
        return new Stores(local, records, window, statement, tally);
    }

    /** The next sequence number of a statement: a time stamp in wall-clock milliseconds since 1970. */
    long nextSequence() {
        lastSequence = Math.max(lastSequence + 1, local.wallMillis());
        return lastSequence;
    }

    /** Registers a content that is completely published; from now on its keys are published by region. */
    void add(ProvidedContent content) {
        published.add(content);
    }

    void remove(ProvidedContent content) {
        published.remove(content);
    }

    /** The published keys between two points, both included, sorted and distinct. */
    List<Key> keysBetween(Key lowest, Key highest) {
        List<Key> keys = new ArrayList<>();
        for (ProvidedContent content : published) {
            keys.addAll(content.between(lowest, highest));
        }
        return ProvidedContent.distinct(keys.toArray(new Key[0]));
    }

    /** Sets the journal that records what is published. */
    void remember(PublishJournal remembering) {
        journal = remembering;
    }

    /**
     * Records that a content and these cells were published with the current endpoints; a later run with other endpoints republishes them.
     */
    void published(Key root, List<Integer> cells, long sequence) {
        journal.contentPublished(root, sequence);
        if (!cells.isEmpty()) {
            regionsPublished(cells, sequence);
        }
    }

    /** All keys of these cells were published. */
    void regionsPublished(List<Integer> cells, long sequence) {
        journal.regionsPublished(cells.stream()
                .map(cell -> new PublishedRegion(cell, sequence, endpoints))
                .toList());
    }

    private Statement statement(RecordType type, byte[] value, long sequence, long lifeMillis) {
        long untilMillis =
                sequence + Math.min(lifeMillis, local.limits().records().lifetimeMillis());
        return new Statement(type, local.identity().publicKey(), value, sequence, untilMillis);
    }
}
