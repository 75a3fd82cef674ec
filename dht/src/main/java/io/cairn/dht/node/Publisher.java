package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.StorePlan;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what this node serves published: at once, every 22 hours or a little sooner, and again soon where it did not succeed. */
final class Publisher {
    /** Keys that nobody took are tried again after this. */
    private static final long RETRY_MILLIS = 300_000;

    private final Local local;
    private final Lookups lookups;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private long lastSequence;
    private boolean isClosed;

    Publisher(Local local, Lookups lookups, RoutingTable table, RecordStore records, StoreWindow window) {
        this.local = local;
        this.lookups = lookups;
        this.table = table;
        this.records = records;
        this.window = window;
    }

    CompletionStage<PublishReport> provide(Provision provision) {
        if (provision.endpoints().isEmpty()) {
            throw new IllegalArgumentException("a provider has an endpoint");
        }
        byte[] value = ProviderAddresses.encode(provision.endpoints());
        CompletableFuture<PublishReport> result = new CompletableFuture<>();
        Entry entry = new Entry(provision, value);
        Entry former = entries.put(provision.root(), entry);
        if (former != null) {
            former.stop();
        }
        long dueMillis =
                provision.lastPublishedMillis() + local.limits().publishing().republishMillis();
        long waitMillis = dueMillis - local.wallMillis();
        boolean isFresh = provision.lastPublishedMillis() > 0
                && provision.lastPublishedMillis() <= local.wallMillis()
                && waitMillis > 0;
        if (isFresh) {
            entry.schedule(waitMillis);
            if (table.size() < local.limits().k()) {
                holdHere(provision, value);
            }
            int keys = distinctKeys(provision).size();
            result.complete(new PublishReport(0, 0, keys, 0, 0, 0, 0, 0, provision.lastPublishedMillis()));
        } else {
            entry.publish(result::complete);
        }
        return result;
    }

    /** Stops republishing, and tells the holders of every key that no other content of this node has. */
    void withdraw(Key root) {
        Entry entry = entries.remove(root);
        if (entry == null) {
            return;
        }
        entry.stop();
        Set<Key> keys = distinctKeys(entry.provision);
        entries.values().forEach(other -> keys.removeAll(distinctKeys(other.provision)));
        if (!keys.isEmpty() && !isClosed) {
            List<Key> all = List.copyOf(keys);
            publication(all.get(0), all, new byte[0], report -> {}).start();
        }
    }

    void close() {
        isClosed = true;
        entries.values().forEach(Entry::stop);
    }

    private static Set<Key> distinctKeys(Provision provision) {
        Set<Key> keys = new LinkedHashSet<>();
        keys.add(provision.root());
        keys.addAll(provision.chunks());
        return keys;
    }

    private Publication publication(Key root, List<Key> chunks, byte[] value, Consumer<PublishReport> done) {
        lastSequence = Math.max(lastSequence + 1, local.wallMillis());
        return new Publication(local, lookups, records, window, statement(value, lastSequence), root, chunks, done);
    }

    /** In a small network this node held its own records before it was restarted; it makes the same again, batch for batch. */
    private void holdHere(Provision provision, byte[] value) {
        Statement statement = statement(value, provision.lastPublishedMillis());
        TreeSet<Key> chunks = new TreeSet<>(provision.chunks());
        chunks.remove(provision.root());
        Function<Key, Coverage.Holders> here = key -> new Coverage.Holders(List.of(), true);
        List<StorePlan> plans = new ArrayList<>();
        plans.addAll(StorePlan.group(
                List.of(provision.root()), here, 1, local.limits().k()));
        plans.addAll(StorePlan.group(
                List.copyOf(chunks), here, RecordBatch.KEYS_MAX, local.limits().k()));
        for (StorePlan plan : plans) {
            RecordBatch batch = RecordBatch.sign(local.identity(), statement, plan.keys());
            records.store(batch, Publication.HERE, local.wallMillis());
        }
    }

    private Statement statement(byte[] value, long sequence) {
        long expiryMillis = sequence + local.limits().records().lifetimeMillis();
        return new Statement(RecordType.PROVIDER, local.identity().publicKey(), value, sequence, expiryMillis);
    }

    /** One content that is kept published. */
    private final class Entry {
        private final Provision provision;
        private final byte[] value;
        private @Nullable Timer timer;
        private @Nullable Publication running;
        private boolean isStopped;

        Entry(Provision provision, byte[] value) {
            this.provision = provision;
            this.value = value;
        }

        void publish(Consumer<PublishReport> told) {
            running = publication(provision.root(), provision.chunks(), value, report -> {
                running = null;
                long pauseMillis = local.limits().publishing().republishMillis();
                boolean isComplete = report.keysStored() == report.keys();
                schedule(isComplete ? pauseMillis : Math.min(pauseMillis, RETRY_MILLIS));
                told.accept(report);
            });
            running.start();
        }

        /** Up to a twentieth sooner than asked, so that contents published together drift apart. */
        void schedule(long delayMillis) {
            if (isStopped || isClosed) {
                return;
            }
            long soonerMillis = local.environment().random().nextLong(delayMillis / 20 + 1);
            timer = local.environment().scheduler().schedule(delayMillis - soonerMillis, () -> publish(report -> {}));
        }

        void stop() {
            isStopped = true;
            if (timer != null) {
                timer.cancel();
            }
            if (running != null) {
                running.cancel();
            }
        }
    }
}
