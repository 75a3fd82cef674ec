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
 * The records in which this node names itself to those who ask it for what it publishes. Each is signed when it is first asked for and
 * used until half of its life is over: a signature costs as much as sealing the answer.
 */
final class ServedRecords {
    /** So many keys are asked for at a time at most, and others are signed anew. */
    private static final int KEPT_MAX = 256;

    private final Local local;
    private final Map<Subject, SignedRecord> kept = new LinkedHashMap<>();

    ServedRecords(Local local) {
        this.local = local;
    }

    /** What is said of a key, if half of its life is left. */
    Optional<SignedRecord> of(Subject subject) {
        return Optional.ofNullable(kept.get(subject)).filter(this::isFresh);
    }

    /** Says something of a key. */
    SignedRecord sign(Subject subject, Statement statement) {
        kept.remove(subject);
        if (kept.size() >= KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        SignedRecord record = RecordBatch.sign(local.identity(), statement, List.of(subject.key()))
                .record(0);
        kept.put(subject, record);
        return record;
    }

    /** What the records say is no longer true. */
    void clear() {
        kept.clear();
    }

    private boolean isFresh(SignedRecord record) {
        Statement said = record.statement();
        long lifeMillis = said.expiryMillis() - said.sequence(); // this node numbers its statements by the clock
        return said.expiryMillis() >= local.wallMillis() + lifeMillis / 2;
    }

    /** What a record is about. */
    record Subject(RecordType type, Key key) {}
}
