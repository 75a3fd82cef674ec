package io.cairn.dht.node.record;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordBatch;
import java.util.List;

/** The first, middle and last key of a batch stand for all, since the keys of a batch lie close together. */
final class Landmarks {
    private Landmarks() {}

    static List<Key> of(RecordBatch batch) {
        List<Key> keys = batch.keys();
        int count = keys.size();
        return count < 3 ? keys : List.of(keys.get(0), keys.get(count / 2), keys.get(count - 1));
    }
}
