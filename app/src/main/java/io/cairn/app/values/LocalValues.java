package io.cairn.app.values;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.Values;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.value.FoundValue;
import io.cairn.dht.value.NamedValues;
import io.cairn.transfer.store.state.OwnValueTable;
import io.cairn.transfer.store.state.OwnValueTable.OwnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of this node and its way to read others. On the loop. */
public final class LocalValues {
    private static final Logger LOG = LoggerFactory.getLogger(LocalValues.class);

    /** From one comparison of this node's values with the network's to the next. */
    private static final long RECONCILE_MILLIS = 60L * 60 * 1_000;

    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final OwnValueTable stored;
    private final CompletableFuture<Integer> joined;
    private final Function<NodeId, Optional<String>> names;
    private final NamedValues values;
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private CompletableFuture<?> lastPut = restored;

    /** @param joined completes after the first attempt to join */
    public LocalValues(
            Work work,
            Clock clock,
            Dht dht,
            OwnValueTable stored,
            CompletableFuture<Integer> joined,
            Function<NodeId, Optional<String>> names) {
        this.work = work;
        this.clock = clock;
        this.dht = dht;
        this.stored = stored;
        this.joined = joined;
        this.names = names;
        this.values = new NamedValues(dht, clock);
    }

    /**
     * Publishes what earlier runs have written, once there is a network to ask whether another machine with this identity wrote something newer.
     * Without a network, publishes it as it is. Once.
     */
    public CompletableFuture<Integer> restore() {
        CompletableFuture<Integer> read = work.offload(stored::all).thenApply(all -> {
            all.forEach(value -> Work.watch(
                    joined.handle((contacts, failure) -> contacts)
                            .thenCompose(contacts -> newestOfAll(new Values.Name(value.name(), dht.id())))
                            .thenCompose(newest -> republish(value, newest.value())),
                    "publishing a value again"));
            work.scheduler().schedule(RECONCILE_MILLIS, this::reconcile);
            return all.size();
        });
        CompletableFuture<Integer> unused = read.whenComplete((values, failure) -> restored.complete(null));
        return read;
    }

    /** Adopts what another machine with this identity wrote since, so that this one does not keep an older version in the network. */
    private void reconcile() {
        Work.watch(
                work.offload(stored::all).thenApply(all -> {
                    all.forEach(value -> Work.watch(
                            newestOfAll(new Values.Name(value.name(), dht.id()))
                                    .thenCompose(newest -> newest.value()
                                            .filter(found -> found.sequence() > value.sequence())
                                            .map(found -> republish(value, newest.value()))
                                            .orElseGet(() -> CompletableFuture.completedFuture(value))),
                            "comparing a value"));
                    work.scheduler().schedule(RECONCILE_MILLIS, this::reconcile);
                    return all.size();
                }),
                "comparing the values of this node");
    }

    private CompletableFuture<OwnValue> republish(OwnValue written, Optional<FoundValue> newest) {
        OwnValue value = newest.filter(found -> found.sequence() > written.sequence())
                .map(found -> new OwnValue(written.name(), found.content(), found.sequence()))
                .orElse(written);
        publish(value, new CompletableFuture<>());
        return value.equals(written)
                ? CompletableFuture.completedFuture(value)
                : work.offload(() -> {
                    stored.put(value);
                    return value;
                });
    }

    /** See {@link Values#put}. One after another, so that two at once cannot both find the sequence that they expect. */
    public CompletableFuture<Values.Written> put(Values.Put put) {
        CompletableFuture<Values.Written> result =
                lastPut.handle((done, failure) -> done).thenCompose(done -> putNow(put));
        lastPut = result;
        return result;
    }

    /** This node, whose values these are. */
    public NodeId publisher() {
        return dht.id();
    }

    /** See {@link Values#get}. */
    public CompletableFuture<Values.Read> get(Values.Name name) {
        return found(name).thenApply(value -> read(name, value));
    }

    /** The newest version of a value, after the first attempt to join; fails with kind NO_PROVIDER if no node has it. */
    public CompletableFuture<FoundValue> found(Values.Name name) {
        return joined.handle((contacts, failure) -> contacts)
                .thenCompose(contacts -> newestOfAll(name))
                .thenCompose(newest -> newest.value()
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(missing(name, newest.report()))));
    }

    /** The newest version of a value; empty if no node has it. */
    public CompletableFuture<Optional<FoundValue>> newest(Values.Name name) {
        return newestOfAll(name).thenApply(Newest::value);
    }

    /** The newest version of a value, after one node was asked for it; empty if that does not answer, or none is known. */
    public CompletableFuture<Optional<FoundValue>> newestAt(Contact contact, Values.Name name) {
        NamedValues.Reading reading = values.getFrom(contact, name.publisher(), name.name());
        return reading.value()
                .thenApply(
                        value -> value.filter(found -> reading.search().report().answered() > 0));
    }

    private CompletableFuture<Values.Written> putNow(Values.Put put) {
        Values.Name name;
        byte[] content = bytes(put.content());
        try {
            name = new Values.Name(Values.Name.checked(put.name()), dht.id());
            checkLength(content.length);
        } catch (CairnException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return joined.handle((contacts, failure) -> contacts)
                .thenCompose(contacts -> newestOfAll(name))
                .thenCompose(newest -> {
                    long before = newest.value().map(FoundValue::sequence).orElse(0L);
                    if (put.ifSequence() != null && put.ifSequence() != before) {
                        return CompletableFuture.failedFuture(changed(name, put.ifSequence(), before));
                    }
                    OwnValue value = new OwnValue(name.name(), content, Math.max(before + 1, clock.wallMillis()));
                    return work.offload(() -> {
                                stored.put(value);
                                return value;
                            })
                            .thenCompose(kept -> {
                                CompletableFuture<PublishReport> placed = new CompletableFuture<>();
                                publish(kept, placed);
                                return placed;
                            })
                            .thenApply(report -> new Values.Written(
                                    name,
                                    value.sequence(),
                                    content.length,
                                    report.rootStoredOn(),
                                    report.rootTargets()));
                });
    }

    private void publish(OwnValue value, CompletableFuture<PublishReport> placed) {
        values.put(value.name(), value.content(), value.sequence(), placed::complete)
                .whenComplete((report, failure) -> {
                    if (failure != null) {
                        LOG.error("cannot publish the value {}", value.name(), failure);
                        placed.completeExceptionally(failure);
                    }
                });
    }

    /** The newest version, of those in the network and the one written here. */
    private CompletableFuture<Newest> newestOfAll(Values.Name name) {
        NamedValues.Reading reading = values.get(name.publisher(), name.name());
        return reading.value()
                .thenCombine(ownOf(name), LocalValues::newer)
                .thenApply(value -> new Newest(value, reading.search().report()));
    }

    private CompletableFuture<Optional<FoundValue>> ownOf(Values.Name name) {
        if (!name.publisher().equals(dht.id())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return work.offload(() -> own(name));
    }

    private Optional<FoundValue> own(Values.Name name) throws IOException {
        return stored.find(name.name())
                .map(value -> new FoundValue(
                        name.publisher(),
                        value.name(),
                        value.content(),
                        value.sequence(),
                        clock.wallMillis() + NamedValues.LIFE_MILLIS));
    }

    private static Optional<FoundValue> newer(Optional<FoundValue> one, Optional<FoundValue> other) {
        boolean isOther = one.isEmpty()
                || other.isPresent() && other.get().sequence() > one.get().sequence();
        return isOther ? other : one;
    }

    private Values.Read read(Values.Name name, FoundValue value) {
        return new Values.Read(
                name,
                ByteBuffer.wrap(value.content()),
                value.sequence(),
                Math.max(0, clock.wallMillis() - value.sequence()));
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private static void checkLength(int bytes) throws CairnException {
        if (bytes > Values.CONTENT_BYTES_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    "the value is too long",
                    "it has " + bytes + " bytes; a value has at most " + Values.CONTENT_BYTES_MAX,
                    "share it as a file, and write its hash as the value");
        }
    }

    private static CairnException changed(Values.Name name, long expected, long before) {
        return new CairnException(
                Kind.EXISTS,
                "not written: " + name.name(),
                before == 0
                        ? "there is no version yet, and sequence " + expected + " is expected"
                        : "the newest version has sequence " + before + ", not " + expected,
                Reason.READ_IT_AGAIN
                        .says("read the value again and decide anew")
                        .and("sequence", before));
    }

    private CairnException missing(Values.Name name, SearchReport report) {
        int answered = report.answered();
        String why = report.asked().isEmpty()
                ? "no other node of this network is known"
                : answered == 0
                        ? "none of " + report.asked().size() + " nodes answers"
                        : answered == 1
                                ? "one node answered, and it has no value of this name"
                                : answered + " nodes answered, and none has a value of this name";
        return new CairnException(
                Kind.NO_PROVIDER,
                "no value " + name.name() + " of "
                        + names.apply(name.publisher())
                                .orElse("node " + name.publisher().toHex()),
                why,
                Reason.CHECK_THE_NAME
                        .says("check the name and the publisher's id, and that its node runs")
                        .and("name", name.toString()));
    }

    private record Newest(Optional<FoundValue> value, SearchReport report) {}
}
