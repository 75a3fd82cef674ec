package io.cairn.dht.kad.record;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records held under each key, the keys nearest to this node first: finding one costs O(log n). */
final class RecordIndex {
    /** How many of the farthest keys are searched for a record to displace. */
    private static final int DISPLACED_KEYS_MAX = 64;

    private final NodeId self;
    private final TreeMap<Key, List<Held>> byDistance;

    RecordIndex(NodeId self) {
        this.self = self;
        this.byDistance = new TreeMap<>(this::compare);
    }

    /** A record under a key. */
    record Entry(Key key, Held held) {}

    /** The records under a key; do not modify the list. */
    List<Held> under(Key key) {
        return byDistance.getOrDefault(key, List.of());
    }

    /** The statement that the same publisher made about a key in a record of the same type, earlier or now. */
    @Nullable
    Held sameStatement(Key key, Statement statement) {
        for (Held held : under(key)) {
            Statement other = held.statement();
            if (other.type() == statement.type() && other.publisher().equals(statement.publisher())) {
                return held;
            }
        }
        return null;
    }

    void add(Key key, Held held) {
        byDistance.computeIfAbsent(key, any -> new ArrayList<>(1)).add(held);
    }

    /** Returns whether it was there. */
    boolean remove(Key key, Held held) {
        List<Held> list = byDistance.get(key);
        if (list == null || !list.remove(held)) {
            return false;
        }
        if (list.isEmpty()) {
            byDistance.remove(key);
        }
        return true;
    }

    /** Everything under keys that share at least {@code bits} leading bits with the id of this node, nearest first. */
    Set<Held> sharing(int bits) {
        Set<Held> found = new LinkedHashSet<>();
        for (Map.Entry<Key, List<Held>> entry : byDistance.entrySet()) {
            if (entry.getKey().commonPrefixLength(self) < bits) {
                break;
            }
            found.addAll(entry.getValue());
        }
        return found;
    }

    /**
     * The records that another one displaces: those of the farthest keys. They must be farther than its own key, except for a record that
     * this node published itself. Null if there are not enough near the end of the index.
     *
     * @param records how many must go, at least
     * @param bytes how much memory must become free, at least
     */
    @Nullable
    List<Entry> displacedBy(Key key, Held other, int records, long bytes) {
        List<Entry> leavers = new ArrayList<>();
        long bytesFreed = 0;
        int looks = 0;
        for (Map.Entry<Key, List<Held>> farthest : byDistance.descendingMap().entrySet()) {
            boolean isFarther = compare(farthest.getKey(), key) > 0;
            if (!isFarther && !other.isOwn() || ++looks > DISPLACED_KEYS_MAX) {
                return null;
            }
            Held held = soonestForgotten(farthest.getValue(), other);
            if (held != null) {
                leavers.add(new Entry(farthest.getKey(), held));
                bytesFreed += held.removingBytes();
            }
            if (leavers.size() >= records && bytesFreed >= bytes) {
                return leavers;
            }
        }
        return null;
    }

    private static @Nullable Held soonestForgotten(List<Held> candidates, Held other) {
        Held soonest = null;
        for (Held held : candidates) {
            boolean isDisplaceable = !held.isOwn() && held != other;
            if (isDisplaceable && (soonest == null || held.untilMillis() < soonest.untilMillis())) {
                soonest = held;
            }
        }
        return soonest;
    }

    private int compare(Key one, Key other) {
        return one.distanceTo(self).compareTo(other.distanceTo(self));
    }
}
