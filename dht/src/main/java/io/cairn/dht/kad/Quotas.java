package io.cairn.dht.kad;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How many records each publisher and each block of addresses has here, and whether it may have more. The last eighth of a quota fills
 * slowly: a record is refused the more likely the fuller it is (random early detection, Floyd and Jacobson 1993), so that nobody takes
 * the rest at once and those who come later find some room. The draw belongs to the record: asking again does not help.
 */
final class Quotas {
    private static final int EARLY_PART = 8;

    /** Above this part of its quota a publisher or block displaces nobody. */
    private static final int DISPLACING_PART = 8;

    private final KademliaLimits.Records limits;
    private final RandomGenerator random;
    private final Map<NodeId, Integer> perPublisher = new LinkedHashMap<>();
    private final Map<AddressBlock, Integer> perBlock = new LinkedHashMap<>();
    private long secret;
    private long refusedEarly;

    Quotas(KademliaLimits.Records limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /** Whether another record fits the quotas. */
    boolean admit(Held held, Key key) {
        int ofPublisher = ofPublisher(held);
        int ofBlock = ofBlock(held);
        if (ofPublisher >= limits.perPublisherMax() || ofBlock >= limits.perBlockMax()) {
            return false;
        }
        double fullness =
                Math.max(fullness(ofPublisher, limits.perPublisherMax()), fullness(ofBlock, limits.perBlockMax()));
        if (held.isOwn() || fullness <= 0 || draw(held, key) >= fullness) {
            return true;
        }
        refusedEarly++;
        return false;
    }

    /** Whether the publisher and the block have so few records here that a further one may take another's place. */
    boolean mayDisplace(Held held) {
        return ofPublisher(held) <= limits.perPublisherMax() / DISPLACING_PART
                && ofBlock(held) <= limits.perBlockMax() / DISPLACING_PART;
    }

    void added(Held held) {
        perPublisher.merge(publisher(held), 1, Integer::sum);
        if (held.block() != null) {
            perBlock.merge(held.block(), 1, Integer::sum);
        }
    }

    void removed(Held held) {
        decrement(perPublisher, publisher(held));
        if (held.block() != null) {
            decrement(perBlock, held.block());
        }
    }

    /** Records refused although the quota was not full yet. */
    long refusedEarly() {
        return refusedEarly;
    }

    private int ofPublisher(Held held) {
        return perPublisher.getOrDefault(publisher(held), 0);
    }

    private int ofBlock(Held held) {
        return held.block() == null ? 0 : perBlock.getOrDefault(held.block(), 0);
    }

    /** How much of the last eighth is taken: 0 and below for none of it, 1 for all. */
    private static double fullness(int count, int max) {
        int last = max / EARLY_PART;
        return last == 0 ? 0 : (double) (count - (max - last)) / last;
    }

    /** From 0 to 1, always the same for one record, and known to nobody else. */
    private double draw(Held held, Key key) {
        while (secret == 0) {
            secret = random.nextLong();
        }
        long mixed = secret
                ^ key.hashCode() * 0x9e37_79b9_7f4a_7c15L
                ^ (long) publisher(held).hashCode() << 32;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1p-53;
    }

    private static NodeId publisher(Held held) {
        return held.statement().publisher().nodeId();
    }

    private static <T> void decrement(Map<T, Integer> counts, T whose) {
        counts.computeIfPresent(whose, (any, count) -> count == 1 ? null : count - 1);
    }
}
