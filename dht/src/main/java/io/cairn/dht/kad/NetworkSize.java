package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Id160;
import java.util.List;

/**
 * The estimated number of nodes in the network, and the distances to expect from it. Ids are uniformly distributed: around any point of the
 * space, the i-th closest of N nodes is at i/(N+1) of it on average, and N times that distance follows the Erlang distribution of order i.
 * So distances give the size (see {@link NetworkSizeSamples}), and the size shows whether distances are plausible.
 *
 * @param nodes this node included, at least 1
 * @param samples independent measurements behind it, at least 1: each has a relative error of 1/sqrt(k)
 * @param k the order of the thresholds
 */
public record NetworkSize(double nodes, int samples, int k) {
    /** Standard deviations that a normal variable exceeds with probability 0.001, and with 0.1. */
    private static final double Z_999 = 3.0902;

    private static final double Z_900 = 1.2816;

    public NetworkSize {
        if (!(nodes >= 1) || samples < 1 || k < 1) {
            throw new IllegalArgumentException("invalid network size: " + nodes + " nodes, " + samples + " samples");
        }
    }

    /**
     * Whether the closest nodes found by a look-up are farther away than chance explains: an honest look-up that found all of them gives
     * this result in fewer than one of a thousand cases. If a look-up is led only to accomplices, a fraction m of all nodes, the distances
     * are 1/m times as large. The few samples behind the size widen the bound: the ratio of two Erlang variables has heavier tails.
     *
     * @param width the number of nodes found; the given distance is that of the farthest
     */
    public boolean isSparse(Distance farthest, int width) {
        double slack = 1 + 0.5 / samples;
        return closerThan(farthest) > erlangQuantile(width, Z_999) * slack;
    }

    /** The average number of nodes closer to a point than one at this distance. */
    public double closerThan(Distance distance) {
        return distance.fraction() * nodes;
    }

    /**
     * Whether a node at this distance is very probably one of the k closest: 14.525/N for k=20, which the k-th closest undercuts with
     * probability 0.1 (the bound for single nodes of optimistic provide in go-libp2p-kad-dht).
     */
    public boolean isAmongClosest(Distance distance) {
        return closerThan(distance) < erlangQuantile(k, -Z_900);
    }

    /**
     * Whether these k nodes are very probably the k closest, or as good: their mean distance is below 15.407/N for k=20 (the bound for sets
     * from the same source).
     */
    public boolean areClosest(Id160 target, List<Contact> closest) {
        if (closest.size() < k) {
            return false;
        }
        double sum = 0;
        for (Contact contact : closest) {
            sum += contact.id().distanceTo(target).fraction();
        }
        return sum / closest.size() * nodes < erlangQuantile(k / 2 + 1, Z_900);
    }

    /**
     * The value that an Erlang variable of an order and rate 1 stays below, by the cube-root approximation of Wilson and Hilferty: to 0.2
     * %.
     */
    static double erlangQuantile(int order, double z) {
        double root = 1 - 1.0 / (9 * order) + z / (3 * Math.sqrt(order));
        return order * root * root * root;
    }
}
