package io.cairn.dht.node.record;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordBatch;
import java.util.List;

/** The keys of a batch lie close together: those at its ends and in its middle stand for all. */
final class Landmarks {
    private Landmarks() {}

    static List<Key> of(RecordBatch batch) {
        List<Key> keys = batch.keys();
        int count = keys.size();
        return count < 3 ? keys : List.of(keys.get(0), keys.get(count / 2), keys.get(count - 1));
    }
}
