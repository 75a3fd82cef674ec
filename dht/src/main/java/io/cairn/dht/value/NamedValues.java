package io.cairn.dht.value;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.NamedValue;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of this node and reads those of any node. Confined to the node's loop, as {@link Dht} is. A value that was written is
 * renewed until the node closes, and holders pass it on until it expires. Of all versions that a read meets, also in earlier reads, the one
 * with the highest sequence wins.
 */
public final class NamedValues {
    /** How long a value lives without renewal: the longest that holders allow. */
    public static final long LIFE_MILLIS = 48L * 60 * 60 * 1_000;

    /** Values remembered as read, so that an older version never follows a newer one. */
    private static final int REMEMBERED_MAX = 1_024;

    private static final RecordPolicy POLICY = RecordPolicy.of(RecordType.VALUE);

    private final Dht dht;
    private final Clock clock;
    private final Map<Key, Statement> latest = new LinkedHashMap<>(16, 0.75f, true);

    public NamedValues(Dht dht, Clock clock) {
        this.dht = dht;
        this.clock = clock;
    }

    /**
     * Writes a value of this node, in place of any earlier one of this name.
     *
     * @param content at most {@link NamedValue#CONTENT_BYTES_MAX} bytes
     * @param sequence higher than that of every earlier version; positive
     * @param placed called once, when most of the closest nodes hold it, or all have answered or failed
     * @return completes when it has been tried once. Without a network it is stored once there is one
     */
    public CompletionStage<PublishReport> put(
            String name, byte[] content, long sequence, Consumer<PublishReport> placed) {
        Key digest = NamedValue.digestOf(name);
        return dht.publish(
                Announcement.of(
                        RecordType.VALUE,
                        NamedValue.keyOf(dht.id(), digest),
                        new NamedValue(digest, content).encode(),
                        LIFE_MILLIS,
                        sequence),
                placed);
    }

    /** Reads the newest version of a value from the closest nodes. */
    public Reading get(NodeId publisher, String name) {
        return read(publisher, name, null);
    }

    /** Reads a value at one node only, such as its publisher. */
    public Reading getFrom(Contact contact, NodeId publisher, String name) {
        return read(publisher, name, contact);
    }

    /**
     * A read in progress.
     *
     * @param value completes when the read has ended; empty if no node has the value
     */
    public record Reading(Dht.Search search, CompletableFuture<Optional<FoundValue>> value) {}

    private Reading read(NodeId publisher, String name, @Nullable Contact only) {
        Key digest = NamedValue.digestOf(name);
        Key key = NamedValue.keyOf(publisher, digest);
        CompletableFuture<Optional<FoundValue>> value = new CompletableFuture<>();
        Dht.RecordListener listener = new Dht.RecordListener() {
            @Override
            public boolean wants(Statement statement) {
                return statement.publisher().nodeId().equals(publisher);
            }

            @Override
            public void found(FoundRecord found) {
                remember(key, found.record().statement());
            }

            @Override
            public void ended(SearchReport report) {
                value.complete(remembered(key, name));
            }
        };
        Dht.Search search = only == null
                ? dht.search(RecordType.VALUE, key, listener)
                : dht.ask(only, RecordType.VALUE, key, listener);
        return new Reading(search, value);
    }

    private void remember(Key key, Statement statement) {
        Statement before = latest.get(key);
        if (before == null || POLICY.isLater(statement, before)) {
            latest.put(key, statement);
        }
        if (latest.size() > REMEMBERED_MAX) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    private Optional<FoundValue> remembered(Key key, String name) {
        Statement statement = latest.get(key);
        if (statement == null || statement.expiryMillis() <= clock.wallMillis()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FoundValue(
                    statement.publisher().nodeId(),
                    name,
                    NamedValue.decode(statement.value()).content(),
                    statement.sequence(),
                    statement.expiryMillis()));
        } catch (MalformedException malformed) {
            throw new IllegalStateException("the search checks the format before it reports", malformed);
        }
    }
}
