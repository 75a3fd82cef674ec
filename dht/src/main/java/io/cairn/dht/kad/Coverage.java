package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What several look-ups together have found out about who is where, so that many keys find their place without a look-up each. A look-up
 * that found k nodes has found every node that shares more leading bits with its target than the one that shares fewest of them (the sweep
 * of go-libp2p-kad-dht goes by the same rule); one that found fewer has found everybody. When a part of the space is explored wholly
 * and has at least k nodes, each of its keys has its k closest nodes among them.
 */
public final class Coverage {
    private final NodeId self;
    private final int k;
    private final NavigableMap<NodeId, Optional<Contact>> nodes = new TreeMap<>();
    private final Part space = new Part();

    /**
     * @param self this node, which is one of the network but which no look-up finds
     */
    public Coverage(NodeId self, int k) {
        this.self = self;
        this.k = k;
        nodes.put(self, Optional.empty());
    }

    /** Takes in the result of a look-up that was to find k nodes. */
    public void found(Key target, List<Contact> closest) {
        closest.forEach(contact -> nodes.put(contact.id(), Optional.of(contact)));
        space.explore(target, closest.size() < k ? 0 : sharedBits(target, closest) + 1, 0);
    }

    /** Whether every node of the network has been found. */
    public boolean isWholeSpace() {
        return space.isExplored;
    }

    /** The smallest part of the space around a key that is known to have k nodes; the whole space if there are fewer. */
    public Region regionAround(Key key) {
        List<NodeId> closest = closest(key, nodes);
        int bits = closest.size() < k
                ? 0
                : closest.stream()
                        .mapToInt(id -> id.commonPrefixLength(key))
                        .min()
                        .orElse(0);
        while (bits > 0 && space.isExplored(key, bits - 1, 0) && !space.isExplored(key, bits, 0)) {
            bits--;
        }
        return new Region(key, bits);
    }

    /** A point in a region around which nothing is known yet, as near to the region's key as there is one; null if all is explored. */
    public @Nullable Key gapIn(Region region) {
        return space.gapNear(region.key(), region.bits(), 0);
    }

    /** Which nodes are to hold a key of an explored region. */
    public Holders holders(Key key, Region region) {
        return holders(closest(key, within(region)));
    }

    /** Which nodes are to hold the key whose own look-up has found these. */
    public Holders holders(Key key, List<Contact> found) {
        TreeMap<NodeId, Optional<Contact>> candidates = new TreeMap<>();
        candidates.put(self, Optional.empty());
        found.forEach(contact -> candidates.put(contact.id(), Optional.of(contact)));
        return holders(closest(key, candidates));
    }

    private Holders holders(List<NodeId> ids) {
        Set<Contact> others = new LinkedHashSet<>();
        for (NodeId id : ids) {
            nodes.getOrDefault(id, Optional.empty()).ifPresent(others::add);
        }
        return new Holders(others, ids.contains(self));
    }

    private List<NodeId> closest(Key key, Map<NodeId, Optional<Contact>> candidates) {
        return candidates.keySet().stream()
                .sorted(Comparator.comparing(id -> id.distanceTo(key)))
                .limit(k)
                .toList();
    }

    private Map<NodeId, Optional<Contact>> within(Region region) {
        byte[] first = region.key().toBytes();
        byte[] last = region.key().toBytes();
        for (int bit = region.bits(); bit < Id160.LENGTH_BITS; bit++) {
            first[bit >>> 3] &= (byte) ~(0x80 >>> (bit & 7));
            last[bit >>> 3] |= (byte) (0x80 >>> (bit & 7));
        }
        return nodes.subMap(NodeId.of(first), true, NodeId.of(last), true);
    }

    private static int sharedBits(Key target, List<Contact> contacts) {
        return contacts.stream()
                .mapToInt(contact -> contact.id().commonPrefixLength(target))
                .min()
                .orElse(0);
    }

    /**
     * The points that share leading bits with a key.
     *
     * @param bits how many, 0 to 160
     */
    public record Region(Key key, int bits) {
        public boolean contains(Key other) {
            return other.commonPrefixLength(key) >= bits;
        }
    }

    /**
     * The k nodes closest to a key.
     *
     * @param isHere whether this node is one of them
     */
    public record Holders(Set<Contact> others, boolean isHere) {}

    /** A subtree of the identifier space: explored, or split in two of which something is explored, or unknown. */
    private static final class Part {
        private boolean isExplored;
        private @Nullable Part zero;
        private @Nullable Part one;

        void explore(Id160 point, int bits, int depth) {
            if (isExplored || depth == bits) {
                isExplored = true;
                zero = null;
                one = null;
                return;
            }
            if (zero == null || one == null) {
                zero = new Part();
                one = new Part();
            }
            (point.bit(depth) ? one : zero).explore(point, bits, depth + 1);
            if (zero.isExplored && one.isExplored) {
                explore(point, depth, depth);
            }
        }

        boolean isExplored(Id160 point, int bits, int depth) {
            if (isExplored || depth == bits || zero == null || one == null) {
                return isExplored;
            }
            return (point.bit(depth) ? one : zero).isExplored(point, bits, depth + 1);
        }

        /** Below {@code bits} the gap that shares most bits with the point is looked for: first on the point's side of each fork. */
        @Nullable
        Key gapNear(Key point, int bits, int depth) {
            if (isExplored) {
                return null;
            }
            if (zero == null || one == null) {
                return point;
            }
            Part near = point.bit(depth) ? one : zero;
            Key gap = near.gapNear(point, bits, depth + 1);
            if (gap != null || depth < bits) {
                return gap;
            }
            return (near == one ? zero : one).gapNear(flipped(point, depth), bits, depth + 1);
        }

        private static Key flipped(Key point, int bit) {
            byte[] bytes = point.toBytes();
            bytes[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
            return Key.of(bytes);
        }
    }
}
