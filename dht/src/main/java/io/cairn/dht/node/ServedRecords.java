package io.cairn.dht.node;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.SignedRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records in which this node names itself to those who ask it for what it serves. Each is signed when it is first asked for and
 * used until half of its life is over: a signature costs as much as sealing the answer.
 */
final class ServedRecords {
    /** So many keys are asked for at a time at most, and others are signed anew. */
    private static final int KEPT_MAX = 256;

    private final Local local;
    private final OwnRecords own;
    private final Map<Key, SignedRecord> kept = new LinkedHashMap<>();

    ServedRecords(Local local, OwnRecords own) {
        this.local = local;
        this.own = own;
    }

    SignedRecord of(Key key) {
        SignedRecord record = kept.get(key);
        long freshMillis = local.wallMillis() + local.limits().records().lifetimeMillis() / 2;
        if (record == null || record.statement().expiryMillis() < freshMillis) {
            kept.remove(key);
            if (kept.size() >= KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
            record = RecordBatch.sign(local.identity(), own.provider(own.nextSequence()), List.of(key))
                    .record(0);
            kept.put(key, record);
        }
        return record;
    }

    /** What the records say is no longer true. */
    void clear() {
        kept.clear();
    }
}
