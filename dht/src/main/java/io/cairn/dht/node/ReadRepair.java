package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores the latest record that a search found at those of the closest nodes that showed an older one or none (read repair, DeCandia and
 * others, Dynamo, 2007, section 5). For types of which a search wants the latest record; does nothing for others.
 */
final class ReadRepair {
    private final Local local;
    private final RecordStore records;
    private final StoreWindow window;
    private final RecordPolicy policy;
    private final Key key;
    private final Map<Contact, Statement> shown = new LinkedHashMap<>();
    private @Nullable SignedRecord latest;

    ReadRepair(Local local, RecordStore records, StoreWindow window, RecordPolicy policy, Key key) {
        this.local = local;
        this.records = records;
        this.window = window;
        this.policy = policy;
        this.key = key;
    }

    /** A node answered with this record, whether it is valid or not. */
    void shown(Contact by, SignedRecord record) {
        if (isOf(policy)) {
            shown.put(by, record.statement());
        }
    }

    /** A verified record that the searcher wants. */
    void found(SignedRecord record) {
        if (isOf(policy)
                && record.batchSize() == 1
                && (latest == null || policy.isLater(record.statement(), latest.statement()))) {
            latest = record;
        }
    }

    /** @param closest the nodes that answered, closest first */
    void ended(List<Contact> closest) {
        SignedRecord record = latest;
        if (record == null) {
            return;
        }
        RecordBatch batch = new RecordBatch(record.statement(), List.of(record.key()), record.signature());
        Coverage.Holders holders = new Coverage(local.id(), local.limits().k()).holders(key, closest);
        for (Contact holder : holders.others()) {
            Statement before = shown.get(holder);
            if (before == null || policy.isLater(record.statement(), before)) {
                window.store(holder, batch, (to, accepted) -> {});
            }
        }
        if (holders.isHere()) {
            records.store(batch, local.asSender(), local.wallMillis());
        }
    }

    private static boolean isOf(RecordPolicy policy) {
        return policy.reading() == RecordPolicy.Reading.LATEST;
    }
}
