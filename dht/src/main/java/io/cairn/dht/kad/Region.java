package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of the identifier space in which one look-up has found every node, and so the place for many keys without another
 * look-up. If the look-up found fewer nodes than it was to find, the part is the whole space. Else, with m the fewest leading bits
 * that a found node shares with the target, every node that shares more than m bits was found; keys that share as many have their k
 * closest nodes among these, if these are at least k.
 */
public final class Region {
    private final Key target;
    private final NodeId self;
    private final List<Contact> found;
    private final int k;
    private final boolean isWholeSpace;
    private final int prefixBits;
    private final boolean isDense;

    /**
     * @param self this node, which is one of the network but never found
     * @param found what a look-up of the target found
     * @param width how many it was to find, at least k
     */
    public Region(Key target, NodeId self, List<Contact> found, int width, int k) {
        this.target = target;
        this.self = self;
        this.found = List.copyOf(found);
        this.k = k;
        this.isWholeSpace = found.size() < width;
        this.prefixBits = 1
                + found.stream()
                        .mapToInt(contact -> contact.id().commonPrefixLength(target))
                        .min()
                        .orElse(0);
        this.isDense = nodesInside() >= k;
    }

    /** Whether every node of the network was found. */
    public boolean isWholeSpace() {
        return isWholeSpace;
    }

    /** How many leading bits the keys of this region share; 0 for the whole space. */
    public int prefixBits() {
        return isWholeSpace ? 0 : prefixBits;
    }

    /** Whether the k nodes closest to this key are known for sure. */
    public boolean covers(Key key) {
        return isWholeSpace || key.equals(target) || isDense && key.commonPrefixLength(target) >= prefixBits;
    }

    /**
     * Groups keys into batches for the nodes that are to hold them. A batch goes to every node that is among the k closest to any of
     * its keys; it ends where these would become more than one and a half times k.
     *
     * @param keys sorted, all covered
     * @param keysMax keys in a batch
     */
    public List<StorePlan> plan(List<Key> keys, int keysMax) {
        List<StorePlan> plans = new ArrayList<>();
        List<Key> batch = new ArrayList<>();
        Set<NodeId> holders = new LinkedHashSet<>();
        for (Key key : keys) {
            List<NodeId> closest = holders(key);
            Set<NodeId> union = new LinkedHashSet<>(holders);
            union.addAll(closest);
            if (!batch.isEmpty() && (batch.size() == keysMax || union.size() > k + k / 2)) {
                plans.add(plan(batch, holders));
                batch.clear();
                union = new LinkedHashSet<>(closest);
            }
            batch.add(key);
            holders = union;
        }
        if (!batch.isEmpty()) {
            plans.add(plan(batch, holders));
        }
        return plans;
    }

    private StorePlan plan(List<Key> batch, Set<NodeId> holders) {
        List<Contact> others =
                found.stream().filter(contact -> holders.contains(contact.id())).toList();
        return new StorePlan(batch, others, holders.contains(self));
    }

    /** The ids of the k nodes closest to a key. */
    private List<NodeId> holders(Key key) {
        return Stream.concat(Stream.of(self), found.stream().map(Contact::id))
                .sorted(Comparator.comparing(id -> id.distanceTo(key)))
                .limit(k)
                .toList();
    }

    private int nodesInside() {
        long others = found.stream()
                .filter(contact -> contact.id().commonPrefixLength(target) >= prefixBits)
                .count();
        return (int) others + (self.commonPrefixLength(target) >= prefixBits ? 1 : 0);
    }
}
