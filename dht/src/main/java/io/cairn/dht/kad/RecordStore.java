package io.cairn.dht.kad;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Message.Refusal;
import io.cairn.dht.wire.Message.Stored;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The records a node holds for the network, by key, type and publisher. Batches are kept whole, so that they can be passed on under
 * the signature they came with; storing one costs one verification, however many keys it has, and none if it is held already.
 * Some 150 bytes a record. A PROVIDER record with an empty value withdraws: it is held, so that no older one comes back, but not found.
 */
public final class RecordStore {
    private final NodeId self;
    private final KademliaLimits.Records quotas;
    private final long clockToleranceMillis;
    private final Map<Key, List<Held>> byKey = new LinkedHashMap<>();
    private final Set<Held> batches = new LinkedHashSet<>();
    private final Map<NodeId, Integer> perPublisher = new LinkedHashMap<>();
    private final Map<AddressBlock, Integer> perBlock = new LinkedHashMap<>();
    private int size;

    public RecordStore(NodeId self, KademliaLimits limits) {
        this.self = self;
        this.quotas = limits.records();
        this.clockToleranceMillis = limits.guard().timeStampWindowMillis();
    }

    /**
     * Takes in a batch as far as the quotas allow.
     *
     * @param from who sent it, which need not be its publisher
     * @param wallMillis now, as everywhere in this class
     */
    public Stored store(RecordBatch batch, Endpoint from, long wallMillis) {
        Held held = held(batch);
        if (held == null) {
            if (!isValid(batch, wallMillis)) {
                return new Stored(0, Refusal.INVALID);
            }
            held = new Held(batch, AddressBlock.of(from.address()));
        }
        held.heardMillis = wallMillis;
        Refusal refusal = Refusal.NONE;
        for (Key key : batch.keys()) {
            Refusal why = held.live == batch.keys().size() ? Refusal.NONE : put(key, held, wallMillis);
            refusal = why == Refusal.NONE ? refusal : why;
        }
        if (held.live > 0) {
            batches.add(held);
        }
        return new Stored(held.live, refusal);
    }

    /**
     * Records that may be shown: not expired, not withdrawn.
     *
     * @param max how many at most; of more, a random part
     */
    public List<SignedRecord> find(Key key, RecordType type, int max, long wallMillis, RandomGenerator random) {
        List<Held> found = new ArrayList<>(visible(key, type, wallMillis));
        int count = Math.min(max, found.size());
        for (int i = 0; i < count; i++) {
            Collections.swap(found, i, random.nextInt(i, found.size()));
        }
        return found.stream()
                .limit(count)
                .map(held -> held.batch.record(Collections.binarySearch(held.batch.keys(), key)))
                .toList();
    }

    /** How many records {@link #find} could show. */
    public int count(Key key, RecordType type, long wallMillis) {
        return visible(key, type, wallMillis).size();
    }

    /** Forgets what has expired. Costs a look at every batch. */
    public void expire(long wallMillis) {
        List<Held> expired = batches.stream()
                .filter(held -> held.batch.statement().expiryMillis() <= wallMillis)
                .toList();
        for (Held held : expired) {
            held.batch.keys().forEach(key -> drop(key, held));
        }
    }

    /**
     * The batches that nobody has sent for an hour, or a little longer: each holder has another moment for each batch, so that the first
     * to pass it on spares the others. They count as heard from now on.
     *
     * @param max how many at most; the rest stays due
     */
    public List<RecordBatch> takeDueForRepublish(int max, long wallMillis) {
        List<RecordBatch> due = new ArrayList<>();
        for (Held held : batches) {
            if (due.size() == max) {
                break;
            }
            long dueMillis = held.heardMillis + quotas.republishMillis() + spreadMillis(held.batch);
            if (dueMillis <= wallMillis && held.batch.statement().expiryMillis() > wallMillis) {
                held.heardMillis = wallMillis;
                due.add(held.batch);
            }
        }
        return due;
    }

    /** Every batch of which a record is still held, in the order of arrival. */
    public List<RecordBatch> batches() {
        return batches.stream().map(held -> held.batch).toList();
    }

    /** How many records are held. */
    public int size() {
        return size;
    }

    private Refusal put(Key key, Held held, long wallMillis) {
        Statement statement = held.batch.statement();
        Held former = sameStatement(key, statement.type(), statement.publisher());
        if (former == held) {
            return Refusal.NONE;
        }
        if (former != null) {
            Statement earlier = former.batch.statement();
            if (earlier.sequence() >= statement.sequence() && earlier.expiryMillis() > wallMillis) {
                return Refusal.OUTDATED;
            }
            drop(key, former);
        }
        NodeId publisher = statement.publisher().nodeId();
        List<Held> others = byKey.getOrDefault(key, List.of());
        if (size >= quotas.totalMax()
                || others.size() >= quotas.perKeyMax()
                || perPublisher.getOrDefault(publisher, 0) >= quotas.perPublisherMax()
                || held.block != null && perBlock.getOrDefault(held.block, 0) >= quotas.perBlockMax()) {
            return Refusal.FULL;
        }
        byKey.computeIfAbsent(key, any -> new ArrayList<>(1)).add(held);
        perPublisher.merge(publisher, 1, Integer::sum);
        if (held.block != null) {
            perBlock.merge(held.block, 1, Integer::sum);
        }
        held.live++;
        size++;
        return Refusal.NONE;
    }

    private void drop(Key key, Held held) {
        List<Held> list = byKey.get(key);
        if (list == null || !list.remove(held)) {
            return;
        }
        if (list.isEmpty()) {
            byKey.remove(key);
        }
        decrement(perPublisher, held.batch.statement().publisher().nodeId());
        if (held.block != null) {
            decrement(perBlock, held.block);
        }
        size--;
        if (--held.live == 0) {
            batches.remove(held);
        }
    }

    private static <T> void decrement(Map<T, Integer> counts, T whose) {
        counts.computeIfPresent(whose, (any, count) -> count == 1 ? null : count - 1);
    }

    private List<Held> visible(Key key, RecordType type, long wallMillis) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(held -> held.batch.statement().type() == type)
                .filter(held -> held.batch.statement().expiryMillis() > wallMillis)
                .filter(held ->
                        type != RecordType.PROVIDER || held.batch.statement().value().length > 0)
                .toList();
    }

    private @Nullable Held sameStatement(Key key, RecordType type, PublicKey publisher) {
        for (Held held : byKey.getOrDefault(key, List.of())) {
            Statement statement = held.batch.statement();
            if (statement.type() == type && statement.publisher().equals(publisher)) {
                return held;
            }
        }
        return null;
    }

    private boolean isValid(RecordBatch batch, long wallMillis) {
        long expiryMillis = batch.statement().expiryMillis();
        return expiryMillis > wallMillis
                && expiryMillis <= wallMillis + quotas.lifetimeMillis() + clockToleranceMillis
                && batch.isSignedByPublisher();
    }

    /** The same batch, if a record of it is held. */
    private @Nullable Held held(RecordBatch batch) {
        Statement statement = batch.statement();
        for (Key key : batch.keys()) {
            Held held = sameStatement(key, statement.type(), statement.publisher());
            if (held != null && isSame(held.batch, batch)) {
                return held;
            }
        }
        return null;
    }

    private static boolean isSame(RecordBatch one, RecordBatch other) {
        Statement a = one.statement();
        Statement b = other.statement();
        return one.signature().equals(other.signature())
                && a.sequence() == b.sequence()
                && a.expiryMillis() == b.expiryMillis()
                && Arrays.equals(a.value(), b.value())
                && one.keys().equals(other.keys());
    }

    /** Zero to a sixth of the interval, by this node and batch. */
    private long spreadMillis(RecordBatch batch) {
        int mixed = (batch.signature().hashCode() ^ self.hashCode()) * 0x9e37_79b9;
        return Math.floorMod(mixed, quotas.republishMillis() / 6 + 1);
    }

    /** A batch and what is left of it. Compared by identity. */
    private static final class Held {
        private final RecordBatch batch;
        private final @Nullable AddressBlock block;
        private long heardMillis;
        private int live;

        Held(RecordBatch batch, @Nullable AddressBlock block) {
            this.batch = batch;
            this.block = block;
        }
    }
}
