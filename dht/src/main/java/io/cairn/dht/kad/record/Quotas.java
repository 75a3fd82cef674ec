package io.cairn.dht.kad.record;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.AddressBlock;
import io.cairn.dht.kad.KademliaLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Counts the records of each publisher and each block of addresses, and their bytes, and decides whether it may have more. The last eighth
 * of a quota fills slowly: the fuller it is, the more likely a record is refused (random early detection, Floyd and Jacobson 1993), so that
 * nobody takes the rest at once and latecomers find some room. The draw is fixed for each record: asking again does not help.
 */
final class Quotas {
    private static final int EARLY_PART = 8;

    /** Above this fraction of its quota, a publisher or block displaces no other record. */
    private static final int DISPLACING_PART = 8;

    private final KademliaLimits.Records limits;
    private final RandomGenerator random;
    private final Map<NodeId, Part> perPublisher = new LinkedHashMap<>();
    private final Map<AddressBlock, Part> perBlock = new LinkedHashMap<>();
    private long secret;
    private long refusedEarly;

    Quotas(KademliaLimits.Records limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /** The usage of a publisher or a block. */
    private record Part(int records, long bytes) {
        private static final Part NOTHING = new Part(0, 0);

        private Part plus(int moreRecords, long moreBytes) {
            return new Part(records + moreRecords, bytes + moreBytes);
        }
    }

    /** Whether the quotas have room for a record. */
    boolean admit(Held held, Key key) {
        long bytes = held.addingBytes();
        Part publisher = ofPublisher(held).plus(1, bytes);
        Part block = ofBlock(held).plus(1, bytes);
        if (exceeds(publisher, limits.perPublisherMax()) || exceeds(block, limits.perBlockMax())) {
            return false;
        }
        double fullness = Math.max(
                fullness(ofPublisher(held), limits.perPublisherMax()), fullness(ofBlock(held), limits.perBlockMax()));
        if (held.isOwn() || fullness <= 0 || draw(held, key) >= fullness) {
            return true;
        }
        refusedEarly++;
        return false;
    }

    /** Whether the publisher and the block each use little enough of their quota, one part in {@value #DISPLACING_PART}, to displace others. */
    boolean mayDisplace(Held held) {
        return !exceeds(ofPublisher(held), limits.perPublisherMax() / DISPLACING_PART)
                && !exceeds(ofBlock(held), limits.perBlockMax() / DISPLACING_PART);
    }

    /** Whether a publisher may use more bytes for the records it has: up to an eighth over its quota, so that it can always withdraw. */
    boolean mayGrow(Held held, long bytesMore) {
        long most = limits.bytesOf(limits.perPublisherMax());
        return ofPublisher(held).bytes() + bytesMore <= most + most / EARLY_PART;
    }

    /** Call it before the record counts as live. */
    void added(Held held) {
        change(held, 1, held.addingBytes());
    }

    /** Call it while the record counts as live. */
    void removed(Held held) {
        change(held, -1, -held.removingBytes());
    }

    /** Records refused although the quota was not yet full. */
    long refusedEarly() {
        return refusedEarly;
    }

    private void change(Held held, int records, long bytes) {
        change(perPublisher, publisher(held), records, bytes);
        if (held.block() != null) {
            change(perBlock, held.block(), records, bytes);
        }
    }

    private Part ofPublisher(Held held) {
        return perPublisher.getOrDefault(publisher(held), Part.NOTHING);
    }

    private Part ofBlock(Held held) {
        return held.block() == null ? Part.NOTHING : perBlock.getOrDefault(held.block(), Part.NOTHING);
    }

    private boolean exceeds(Part part, int recordsMax) {
        return part.records() > recordsMax || part.bytes() > limits.bytesOf(recordsMax);
    }

    private double fullness(Part part, int recordsMax) {
        return Math.max(fullness(part.records(), recordsMax), fullness(part.bytes(), limits.bytesOf(recordsMax)));
    }

    /** How much of the last eighth is taken: 0 or less for none of it, 1 for all. */
    private static double fullness(long taken, long max) {
        long last = max / EARLY_PART;
        return last == 0 ? 0 : (double) (taken - (max - last)) / last;
    }

    /** From 0 to 1, constant for one record, and known to no other node. */
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

    private static <T> void change(Map<T, Part> parts, T whose, int records, long bytes) {
        Part changed = parts.getOrDefault(whose, Part.NOTHING).plus(records, bytes);
        if (changed.records() == 0) {
            parts.remove(whose);
        } else {
            parts.put(whose, changed);
        }
    }
}
