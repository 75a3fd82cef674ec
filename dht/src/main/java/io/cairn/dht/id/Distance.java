package io.cairn.dht.id;

/**
 * The distance between two identifiers as an unsigned 160-bit number: by XOR (Kademlia, section 2.1), or clockwise on the ring (Chord,
 * section IV).
 *
 * @param high the 64 most significant bits
 * @param middle the next 64 bits
 * @param low the 32 least significant bits
 */
public record Distance(long high, long middle, int low) implements Comparable<Distance> {
    /** Leading zero bits: 0 to 160. The bucket of a contact is 159 minus this. */
    public int leadingZeros() {
        if (high != 0) {
            return Long.numberOfLeadingZeros(high);
        }
        return middle != 0 ? 64 + Long.numberOfLeadingZeros(middle) : 128 + Integer.numberOfLeadingZeros(low);
    }

    /** The distance as a fraction of the whole space: from 0 to less than 1, to 63 bits at most. */
    public double fraction() {
        return (high >>> 1) * 0x1p-63;
    }

    @Override
    public int compareTo(Distance other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(middle, other.middle);
        }
        return order == 0 ? Integer.compareUnsigned(low, other.low) : order;
    }
}
