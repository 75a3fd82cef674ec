package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a look-up, closest to the target first, in a sorted array: a look-up hears of about 150, and scans the first twenty at
 * every answer. Bounded: the farthest unasked ones make room. Ids are free but addresses are not, so only a few ids are accepted per
 * endpoint, and only the closest few per block of public addresses; more if this node itself knows many there, since a campus may be one
 * block.
 */
final class Shortlist {
    private static final int CAPACITY_MIN = 64;
    private static final int IDS_PER_ENDPOINT_MAX = 3;

    /** Each own contact in a block allows this many more named contacts there. */
    private static final int BLOCK_BONUS = 2;

    private final Key target;
    private final KademliaLimits.Lookups limits;

    /** Ids accepted at each endpoint and in each block; never iterated, so its order does not matter. */
    private final Map<Object, Integer> crowd = new HashMap<>();

    private Candidate[] candidates = new Candidate[CAPACITY_MIN];
    private int size;

    Shortlist(Key target, KademliaLimits.Lookups limits) {
        this.target = target;
        this.limits = limits;
    }

    int size() {
        return size;
    }

    /**
     * @param rank from 0, the closest
     */
    Candidate get(int rank) {
        return candidates[rank];
    }

    @Nullable
    Candidate find(NodeId id) {
        int index = indexOf(id);
        return index < 0 ? null : candidates[index];
    }

    /** Adds one of this node's own contacts that is not in the list. */
    Candidate addOwn(Contact contact) {
        crowd.merge(contact.endpoint(), 1, Integer::sum);
        AddressBlock block = AddressBlock.of(contact.endpoint().address());
        if (block != null) {
            crowd.merge(block, -BLOCK_BONUS, Integer::sum);
        }
        Candidate candidate = new Candidate(contact, null);
        insert(candidate);
        return candidate;
    }

    /** Adds a named contact that is not in the list; null if there is no room for it. */
    @Nullable
    Candidate addNamed(Contact contact, Candidate source) {
        if (size >= limits.candidatesMax() && !removeFarther(contact, null) || !mayBeAt(contact.endpoint())) {
            return null;
        }
        AddressBlock block = AddressBlock.of(contact.endpoint().address());
        if (block != null && crowd.merge(block, 1, Integer::sum) > limits.perBlockMax()) {
            crowd.merge(block, -1, Integer::sum);
            if (!removeFarther(contact, block)) {
                return null;
            }
        }
        Candidate candidate = new Candidate(contact, source);
        insert(candidate);
        return candidate;
    }

    /** Whether one more id is allowed at an endpoint; counts it if so. */
    boolean mayBeAt(Endpoint endpoint) {
        return crowd.merge(endpoint, 1, Integer::sum) <= IDS_PER_ENDPOINT_MAX;
    }

    /**
     * Removes the farthest candidate that was not asked and is on no disjoint path, if it is farther than a contact.
     *
     * @param block removes only from this block; null for any
     */
    private boolean removeFarther(Contact than, @Nullable AddressBlock block) {
        for (int i = size - 1; i >= 0; i--) {
            Contact contact = candidates[i].contact();
            if (target.compareDistance(contact.id(), than.id()) <= 0) {
                return false;
            }
            boolean isMeant = block == null
                    || block.prefix()
                            == AddressBlock.prefixOf(contact.endpoint().address());
            if (isMeant && candidates[i].isFresh() && !candidates[i].isOnAnyPath()) {
                System.arraycopy(candidates, i + 1, candidates, i, size - i - 1);
                size--;
                return true;
            }
        }
        return false;
    }

    private void insert(Candidate candidate) {
        int index = -indexOf(candidate.contact().id()) - 1;
        if (size == candidates.length) {
            candidates = Arrays.copyOf(candidates, 2 * size);
        }
        System.arraycopy(candidates, index, candidates, index + 1, size - index);
        candidates[index] = candidate;
        size++;
    }

    /** The index of an id, or -1 minus its insertion point. */
    private int indexOf(NodeId id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = target.compareDistance(candidates[middle].contact().id(), id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }
}
