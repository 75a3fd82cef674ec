package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One batch: its keys and the nodes that should hold them.
 *
 * @param keys sorted
 * @param others the other nodes that should hold them
 * @param isHere whether this node is one of the holders
 */
public record StorePlan(List<Key> keys, List<Contact> others, boolean isHere) {
    public StorePlan {
        keys = List.copyOf(keys);
        others = List.copyOf(others);
    }

    /**
     * Groups keys into batches for their holders. A batch goes to every node that is among the k closest to any of its keys; it ends before
     * these would exceed one and a half times k.
     *
     * @param keys sorted
     * @param keysMax keys in a batch
     */
    public static List<StorePlan> group(List<Key> keys, Function<Key, Coverage.Holders> holdersOf, int keysMax, int k) {
        List<StorePlan> plans = new ArrayList<>();
        List<Key> batch = new ArrayList<>();
        Set<Contact> others = new LinkedHashSet<>();
        boolean isHere = false;
        for (Key key : keys) {
            Coverage.Holders holders = holdersOf.apply(key);
            Set<Contact> union = new LinkedHashSet<>(others);
            union.addAll(holders.others());
            if (!batch.isEmpty() && (batch.size() == keysMax || union.size() > k + k / 2)) {
                plans.add(new StorePlan(batch, List.copyOf(others), isHere));
                batch.clear();
                union = new LinkedHashSet<>(holders.others());
                isHere = false;
            }
            batch.add(key);
            others = union;
            isHere |= holders.isHere();
        }
        if (!batch.isEmpty()) {
            plans.add(new StorePlan(batch, List.copyOf(others), isHere));
        }
        return plans;
    }
}
