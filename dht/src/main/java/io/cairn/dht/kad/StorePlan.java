package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * Which records go where.
 *
 * @param keys sorted
 * @param others the other nodes that are to hold them
 * @param isHere whether this node is one of the holders
 */
public record StorePlan(List<Key> keys, List<Contact> others, boolean isHere) {
    public StorePlan {
        keys = List.copyOf(keys);
        others = List.copyOf(others);
    }
}
