package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The combined knowledge of several look-ups about where nodes are, so that many keys are placed without a look-up each. A look-up that
 * found k nodes has found every node that shares more leading bits with its target than the farthest of them does (go-libp2p-kad-dht's
 * sweep uses the same rule); one that found fewer has found every node. In a fully explored part of the space with at least k nodes, the k
 * closest nodes of each key are known.
 *
 * <p>Costs two references a node and about 30 bytes an explored subtree; placing a key takes a few binary searches.
 */
public final class Coverage {
    private final NodeId self;
    private final int k;
    private final List<NodeId> ids = new ArrayList<>();
    private final List<@Nullable Contact> contacts = new ArrayList<>();
    private final ExploredSpace space = new ExploredSpace();
    private @Nullable Holders latest;

    /**
     * @param self this node, which is part of the network but which no look-up finds
     */
    public Coverage(NodeId self, int k) {
        this.self = self;
        this.k = k;
        ids.add(self);
        contacts.add(null);
    }

    /** Adds the result of a look-up for k nodes: the nodes that answered, closest first. */
    public void found(Key target, List<Contact> closest) {
        closest.forEach(this::add);
        if (closest.size() < k) {
            space.exploreAll();
            return;
        }
        NodeId farthest = closest.get(closest.size() - 1).id();
        space.exploreBeside(farthest, farthest.commonPrefixLength(target));
    }

    /** Whether every node of the network has been found. */
    public boolean isWholeSpace() {
        return space.isWhole();
    }

    /** The smallest part of the space around a key that is known to have k nodes; the whole space if there are fewer. */
    public Region regionAround(Key key) {
        int from = 0;
        int to = ids.size();
        int bits = 0;
        while (bits < Id160.LENGTH_BITS) {
            int middle = firstWithOne(from, to, bits);
            int nextFrom = key.bit(bits) ? middle : from;
            int nextTo = key.bit(bits) ? to : middle;
            if (nextTo - nextFrom < k) {
                break;
            }
            from = nextFrom;
            to = nextTo;
            bits++;
        }
        return new Region(key, bits);
    }

    /** The unexplored point of a region that is nearest to the region's key; null if all is explored. */
    public @Nullable Key gapIn(Region region) {
        return space.gapNear(region.key(), region.bits());
    }

    /** The nodes that should hold a key of an explored region. */
    public Holders holders(Key key, Region region) {
        int from = 0;
        int to = ids.size();
        for (int bit = 0; bit < region.bits(); bit++) {
            int middle = firstWithOne(from, to, bit);
            from = key.bit(bit) ? middle : from;
            to = key.bit(bit) ? to : middle;
        }
        List<Contact> others = new ArrayList<>(k);
        boolean isHere = take(key, from, to, region.bits(), k, others);
        return remembered(others, isHere);
    }

    /** The nodes that should hold a key, given the result of its own look-up, closest first. */
    public Holders holders(Key key, List<Contact> found) {
        boolean isHere = found.size() < k
                || self.distanceTo(key).compareTo(found.get(k - 1).id().distanceTo(key)) < 0;
        return remembered(found.subList(0, Math.min(found.size(), isHere ? k - 1 : k)), isHere);
    }

    /** Returns the previous object if the holders are the same, as they often are for neighbouring keys. */
    private Holders remembered(List<Contact> others, boolean isHere) {
        Holders former = latest;
        if (former != null && former.isHere == isHere && former.others.equals(others)) {
            return former;
        }
        Holders holders = new Holders(others, isHere);
        latest = holders;
        return holders;
    }

    private void add(Contact contact) {
        int place = place(contact.id());
        if (place < ids.size() && ids.get(place).equals(contact.id())) {
            if (contacts.get(place) != null) {
                contacts.set(place, contact);
            }
            return;
        }
        ids.add(place, contact.id());
        contacts.add(place, contact);
    }

    /** The index of an id, or its insertion point. */
    private int place(NodeId id) {
        int low = 0;
        int high = ids.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ids.get(middle).compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Among nodes that share all bits before this one, the index of the first that has it set. */
    private int firstWithOne(int from, int to, int bit) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ids.get(middle).bit(bit)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Takes the nodes nearest to a key from a range of indexes whose nodes share some leading bits. They are returned in the order of the
     * sorted ids, so that equal sets are equal lists.
     *
     * @return whether this node is one of them
     */
    private boolean take(Key key, int from, int to, int bits, int wanted, List<Contact> taken) {
        if (wanted == 0) {
            return false;
        }
        if (to - from <= wanted) {
            boolean isHere = false;
            for (int i = from; i < to; i++) {
                Contact contact = contacts.get(i);
                isHere |= contact == null;
                if (contact != null) {
                    taken.add(contact);
                }
            }
            return isHere;
        }
        int middle = firstWithOne(from, to, bits);
        int ones = to - middle;
        int zeros = middle - from;
        int wantedOnes = key.bit(bits) ? Math.min(ones, wanted) : Math.max(0, wanted - zeros);
        boolean isHere = take(key, from, middle, bits + 1, wanted - wantedOnes, taken);
        return take(key, middle, to, bits + 1, wantedOnes, taken) || isHere;
    }

    /**
     * The points that share leading bits with a key.
     *
     * @param bits the number of shared bits, 0 to 160
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
    public record Holders(List<Contact> others, boolean isHere) {
        public Holders {
            others = List.copyOf(others);
        }
    }
}
