package io.cairn.sim.chord;

import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Id160;

/** Whether a point lies on a clockwise arc of the ring. An arc that ends where it begins is the whole ring. */
final class Arc {
    private static final Distance NOTHING = new Distance(0, 0, 0);

    private Arc() {}

    /** Whether the point lies in (from, to]. */
    static boolean reaches(Id160 from, Id160 point, Id160 to) {
        Distance length = from.clockwiseTo(to);
        Distance distance = from.clockwiseTo(point);
        return length.equals(NOTHING) || !distance.equals(NOTHING) && distance.compareTo(length) <= 0;
    }

    /** Whether the point lies in (from, to). */
    static boolean isInside(Id160 from, Id160 point, Id160 to) {
        Distance length = from.clockwiseTo(to);
        Distance distance = from.clockwiseTo(point);
        return !distance.equals(NOTHING) && (length.equals(NOTHING) || distance.compareTo(length) < 0);
    }
}
