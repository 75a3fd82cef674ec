package io.cairn.dht.node.publish;

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

/** What this node says of itself: its endpoints, the order of its statements, and the contents whose keys are published with their regions. */
public final class OwnRecords {
    /**
     * For how many intervals of passing on a withdrawal is held: in the first two it reaches the holders that missed it. A node that is away
     * for longer may show the withdrawn record until that expires; others would pay for every withdrawal with two days of memory.
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

    /** Where this node serves; empty until it says so. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** From now on its records name these endpoints, and holders tell anew by which address they see it. */
    void serveAt(List<Endpoint> latest) {
        endpoints = List.copyOf(latest);
        window.addressesChanged();
    }

    /** Names this node as a provider. */
    Statement provider() {
        return provider(nextSequence());
    }

    /** Names this node as a provider, as it did in an earlier run. */
    Statement provider(long sequence) {
        return statement(RecordType.PROVIDER, ProviderAddresses.encode(endpoints), sequence, Long.MAX_VALUE);
    }

    /** Says something of its own. */
    Statement statement(RecordType type, byte[] value, long lifeMillis) {
        return statement(type, value, nextSequence(), lifeMillis);
    }

    /** Takes back what was said before, which lives so long. */
    Statement withdrawal(RecordType type, long lifeMillis) {
        long roundsMillis = WITHDRAWAL_ROUNDS * local.limits().records().republishMillis();
        return statement(type, new byte[0], nextSequence(), Math.min(lifeMillis, roundsMillis));
    }

    /** Makes batches of a statement and has them held. */
    Stores stores(Statement statement, Tally tally) {
        return new Stores(local, records, window, statement, tally);
    }

    /** The next time stamp of a statement, wall-clock milliseconds since 1970. */
    long nextSequence() {
        lastSequence = Math.max(lastSequence + 1, local.wallMillis());
        return lastSequence;
    }

    /** The content is published as a whole; from now on its keys go with their regions. */
    void add(ProvidedContent content) {
        published.add(content);
    }

    void remove(ProvidedContent content) {
        published.remove(content);
    }

    /** The published keys from one point to another, both included, sorted, each once. */
    List<Key> keysBetween(Key lowest, Key highest) {
        List<Key> keys = new ArrayList<>();
        for (ProvidedContent content : published) {
            keys.addAll(content.between(lowest, highest));
        }
        return ProvidedContent.distinct(keys.toArray(new Key[0]));
    }

    /** From now on this journal is told of what is published. */
    void remember(PublishJournal remembering) {
        journal = remembering;
    }

    /** A content was published with these endpoints, and with it what is known of these cells: a later run publishes anew if it has others. */
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
