package io.cairn.dht.node.publish;

import io.cairn.dht.id.Key;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records with which this node names itself to nodes that ask it for a key it publishes. Each is signed on the first request and reused
 * for half of its life: a signature costs as much as sealing the answer.
 */
final class ServedRecords {
    /** Most records cached; further keys are signed on each request. */
    private static final int KEPT_MAX = 256;

    private final Local local;
    private final Map<Subject, Kept> kept = new LinkedHashMap<>();

    ServedRecords(Local local) {
        this.local = local;
    }

    /** The cached record of a key, if half of its life is left. */
    Optional<SignedRecord> of(Subject subject) {
        return Optional.ofNullable(kept.get(subject)).filter(this::isFresh).map(Kept::record);
    }

    /** Signs and caches a record of a key. */
    SignedRecord sign(Subject subject, Statement statement) {
        kept.remove(subject);
        if (kept.size() >= KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        SignedRecord record = RecordBatch.sign(local.identity(), statement, List.of(subject.key()))
                .record(0);
        kept.put(subject, new Kept(record, local.wallMillis()));
        return record;
    }

    /** The records are outdated. */
    void clear() {
        kept.clear();
    }

    private boolean isFresh(Kept signed) {
        long expiryMillis = signed.record.statement().expiryMillis();
        return expiryMillis >= local.wallMillis() + (expiryMillis - signed.signedMillis) / 2;
    }

    /** A record and when it was signed. */
    private record Kept(SignedRecord record, long signedMillis) {}

    /** The subject of a record. */
    record Subject(RecordType type, Key key) {}
}
