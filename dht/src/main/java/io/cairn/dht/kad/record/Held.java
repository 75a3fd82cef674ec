package io.cairn.dht.kad.record;

import io.cairn.dht.id.Key;
import io.cairn.dht.kad.AddressBlock;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node holds under one signature, a whole batch or the copy of a single record, and how many of its keys are still held. Compared by
 * identity.
 */
final class Held {
    /** Memory of a record: its key, its place in the index and under the key. */
    private static final int RECORD_BYTES = 128;

    /** Memory of a batch or copy besides its records: statement, publisher, signature, and places in sets and agendas. */
    private static final int BATCH_BYTES = 544;

    /** One sibling of a proof. */
    private static final int PROOF_BYTES = 48;

    private final @Nullable RecordBatch batch;
    private final @Nullable SignedRecord copy;
    private final @Nullable AddressBlock block;
    private final boolean isOwn;
    private final long untilMillis;
    private Origin origin;
    private long sinceMillis;
    private long heardMillis;
    private long plannedMillis;
    private int live;

    private Held(
            @Nullable RecordBatch batch,
            @Nullable SignedRecord copy,
            Origin origin,
            boolean isOwn,
            long untilMillis,
            long sinceMillis) {
        this.batch = batch;
        this.copy = copy;
        this.block = origin.block();
        this.origin = origin;
        this.sinceMillis = sinceMillis;
        this.isOwn = isOwn;
        this.untilMillis = untilMillis;
    }

    /** A batch, held until it expires. */
    static Held of(RecordBatch batch, Origin origin, boolean isOwn, long wallMillis) {
        return new Held(batch, null, origin, isOwn, batch.statement().expiryMillis(), wallMillis);
    }

    /** A copy, held for a limited time and shown only on request. */
    static Held copyOf(SignedRecord copy, Origin origin, long untilMillis, long wallMillis) {
        return new Held(null, copy, origin, false, untilMillis, wallMillis);
    }

    /** The whole batch; null for a copy. */
    @Nullable
    RecordBatch batch() {
        return batch;
    }

    Statement statement() {
        return copy == null ? whole().statement() : copy.statement();
    }

    List<Key> keys() {
        return copy == null ? whole().keys() : List.of(copy.key());
    }

    SignedRecord record(Key key) {
        return copy == null ? whole().record(Collections.binarySearch(whole().keys(), key)) : copy;
    }

    /** Whether this is the same batch. */
    boolean isSame(RecordBatch other) {
        if (batch == null) {
            return false;
        }
        Statement a = batch.statement();
        Statement b = other.statement();
        return batch.signature().equals(other.signature())
                && a.sequence() == b.sequence()
                && a.expiryMillis() == b.expiryMillis()
                && Arrays.equals(a.value(), b.value())
                && batch.keys().equals(other.keys());
    }

    /** Whether this replaces an earlier statement of the same publisher. */
    boolean supersedes(Held former, long wallMillis) {
        RecordPolicy policy = RecordPolicy.of(statement().type());
        boolean completesCopy = former.batch == null
                && batch != null
                && statement().sequence() == former.statement().sequence()
                && !policy.isLater(former.statement(), statement());
        return former.untilMillis <= wallMillis || completesCopy || policy.isLater(statement(), former.statement());
    }

    /** The origin of the record. */
    Origin origin() {
        return origin;
    }

    /** Called when the publisher has stored it itself: the publisher becomes the origin instead of the node that passed it on. */
    void confirmed(Origin by) {
        if (by.isFirstHand()) {
            origin = by;
        }
    }

    /** Since when the publisher has had this place. */
    long sinceMillis() {
        return sinceMillis;
    }

    /**
     * Takes over the place of the record it supersedes: nobody can change a record's origin, or make it younger, by passing on a later one.
     */
    void inherits(Held former) {
        sinceMillis = Math.min(sinceMillis, former.sinceMillis);
        if (!origin.isFirstHand()) {
            origin = former.origin;
        }
    }

    /** The block whose quota it counts towards, from which it arrived first; null for a private address. */
    @Nullable
    AddressBlock block() {
        return block;
    }

    /** Whether this node published it. */
    boolean isOwn() {
        return isOwn;
    }

    /** When to forget it: wall-clock milliseconds, as all times here. */
    long untilMillis() {
        return untilMillis;
    }

    /** When a node last sent it, or this node last passed it on. */
    long heardMillis() {
        return heardMillis;
    }

    void heard(long wallMillis) {
        heardMillis = wallMillis;
    }

    /** When to check it, because nobody may have sent it for long. */
    long plannedMillis() {
        return plannedMillis;
    }

    /** Call it only while it is in no agenda, because agendas order by this time. */
    void plan(long wallMillis) {
        plannedMillis = wallMillis;
    }

    /** Memory for one more of its keys. */
    long addingBytes() {
        return live == 0 ? RECORD_BYTES + sharedBytes() : RECORD_BYTES;
    }

    /** Memory freed when one of its keys is dropped. */
    long removingBytes() {
        return live == 1 ? RECORD_BYTES + sharedBytes() : RECORD_BYTES;
    }

    private long sharedBytes() {
        int proof = copy == null ? 0 : copy.proof().size();
        return BATCH_BYTES + statement().value().length + (long) proof * PROOF_BYTES;
    }

    /** The number of its keys that are held. */
    int live() {
        return live;
    }

    void add(int keys) {
        live += keys;
    }

    private RecordBatch whole() {
        if (batch == null) {
            throw new IllegalStateException("neither a batch nor a copy is held");
        }
        return batch;
    }
}
