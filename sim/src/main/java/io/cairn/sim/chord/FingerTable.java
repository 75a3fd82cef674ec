package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fingers of a node: finger i is the first node at or after the point 2^i clockwise of it, for i from 0 to 159. The low ones all equal
 * the successor, and are not stored: about log2 N remain. A finger that is unknown, or would be the node itself, is null.
 */
final class FingerTable {
    static final int EXPONENT_MAX = Id160.LENGTH_BITS - 1;

    private final NodeId self;

    /** Finger 159 first. */
    private @Nullable Contact[] fingers = new Contact[0];

    FingerTable(NodeId self) {
        this.self = self;
    }

    /** Where finger i starts: 2^i clockwise of the node. */
    Key start(int exponent) {
        return self.plusPowerOfTwo(exponent);
    }

    @Nullable
    Contact finger(int exponent) {
        int index = EXPONENT_MAX - exponent;
        return index < fingers.length ? fingers[index] : null;
    }

    /** A node before the finger's start was found because the node that named it did not know us yet: it is left out. */
    void set(int exponent, @Nullable Contact contact) {
        int index = EXPONENT_MAX - exponent;
        if (index >= fingers.length) {
            if (contact == null) {
                return;
            }
            fingers = Arrays.copyOf(fingers, index + 1);
        }
        boolean isRight =
                contact != null && !contact.id().equals(self) && !Arc.isInside(self, contact.id(), start(exponent));
        fingers[index] = isRight ? contact : null;
    }

    /** The lowest finger that can differ from this successor; 160 if none can. Drops lower ones that are stored. */
    int lowest(Contact successor) {
        int lowest = Id160.LENGTH_BITS - self.clockwiseTo(successor.id()).leadingZeros();
        int kept = Id160.LENGTH_BITS - lowest;
        if (fingers.length > kept) {
            fingers = Arrays.copyOf(fingers, kept);
        }
        return lowest;
    }

    /** The number of stored slots; {@link #at} returns them. */
    int size() {
        return fingers.length;
    }

    /**
     * @param index 0 for the farthest
     */
    @Nullable
    Contact at(int index) {
        return fingers[index];
    }

    /** Replaces a node with another, or with none, in every finger. */
    void replace(NodeId gone, @Nullable Contact heir) {
        for (int i = 0; i < fingers.length; i++) {
            Contact finger = fingers[i];
            if (finger != null && finger.id().equals(gone)) {
                set(EXPONENT_MAX - i, heir);
            }
        }
    }
}
