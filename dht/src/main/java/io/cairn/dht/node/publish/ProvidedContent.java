package io.cairn.dht.node.publish;

import io.cairn.dht.id.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The keys of one content that this node serves, sorted and distinct; costs four bytes per key beside the keys themselves. */
final class ProvidedContent {
    private final Key root;
    private final List<Key> keys;

    ProvidedContent(Key root, List<Key> chunks) {
        this.root = root;
        Key[] sorted = chunks.toArray(new Key[chunks.size() + 1]);
        sorted[chunks.size()] = root;
        this.keys = distinct(sorted);
    }

    Key root() {
        return root;
    }

    /** All keys, including the root. */
    List<Key> keys() {
        return keys;
    }

    /** The chunks' keys, without the root. */
    List<Key> chunks() {
        List<Key> chunks = new ArrayList<>(keys);
        chunks.remove(Collections.binarySearch(keys, root));
        return chunks;
    }

    /** The keys between two points, both included. */
    List<Key> between(Key lowest, Key highest) {
        int from = Collections.binarySearch(keys, lowest);
        int to = Collections.binarySearch(keys, highest);
        return keys.subList(from < 0 ? -from - 1 : from, to < 0 ? -to - 1 : to + 1);
    }

    boolean contains(Key key) {
        return Collections.binarySearch(keys, key) >= 0;
    }

    /** Sorts keys in place and drops duplicates. */
    static List<Key> distinct(Key[] keys) {
        Arrays.sort(keys);
        int count = 0;
        for (Key key : keys) {
            if (count == 0 || !keys[count - 1].equals(key)) {
                keys[count++] = key;
            }
        }
        return Arrays.asList(count == keys.length ? keys : Arrays.copyOf(keys, count));
    }
}
