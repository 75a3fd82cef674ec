package io.cairn.dht.ring;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Consistent hashing (Karger et al., STOC 1997): each node has many points on the 160-bit ring, its virtual nodes, and owns the keys
 * between each of its points and the point before. A point is the SHA-1 of the node's name and a number, so everyone who knows the nodes
 * knows the ring, whatever the order they were added in. A look-up is a binary search; a change costs one pass over all points. About 60
 * bytes a point. Confined to one thread.
 *
 * @param <N> the type of a node, with {@code equals} and {@code hashCode}
 */
public final class HashRing<N> {
    /** With this many points a node, the shares of ten nodes differ by 8 % from their mean, see {@link #expectedVariation}. */
    public static final int VIRTUAL_NODES = 150;

    private final int virtualNodes;
    private final Function<? super N, byte[]> name;
    private final Set<N> nodes = new LinkedHashSet<>();
    private List<Point<N>> points = new ArrayList<>();

    /**
     * @param virtualNodes points of each node, at least 1
     * @param name identifies a node, with the same result on every machine
     */
    public HashRing(int virtualNodes, Function<? super N, byte[]> name) {
        if (virtualNodes < 1) {
            throw new IllegalArgumentException("a node has at least one point, not " + virtualNodes);
        }
        this.virtualNodes = virtualNodes;
        this.name = name;
    }

    /** An empty ring of {@link #VIRTUAL_NODES} points a node, whose nodes are names. */
    public static HashRing<String> ofNames() {
        return new HashRing<>(VIRTUAL_NODES, node -> node.getBytes(StandardCharsets.UTF_8));
    }

    /** A ring of the same nodes that changes independently. */
    public HashRing<N> copy() {
        HashRing<N> copy = new HashRing<>(virtualNodes, name);
        copy.nodes.addAll(nodes);
        copy.points = new ArrayList<>(points);
        return copy;
    }

    /**
     * Adds a node. It takes its keys from their owners; no other key moves.
     *
     * @return false if the ring already had it
     * @throws IllegalArgumentException if another node has the same name
     */
    public boolean add(N node) {
        if (nodes.contains(node)) {
            return false;
        }
        List<Point<N>> added = pointsOf(node);
        List<Point<N>> merged = new ArrayList<>(points.size() + added.size());
        int next = 0;
        for (Point<N> point : added) {
            while (next < points.size() && points.get(next).position.compareTo(point.position) < 0) {
                merged.add(points.get(next++));
            }
            if (next < points.size() && points.get(next).position.equals(point.position)) {
                throw new IllegalArgumentException(node + " has the name of " + points.get(next).node);
            }
            merged.add(point);
        }
        merged.addAll(points.subList(next, points.size()));
        points = merged;
        nodes.add(node);
        return true;
    }

    /**
     * Removes a node. Its keys move to the nodes whose points follow; no other key moves.
     *
     * @return false if the ring did not have it
     */
    public boolean remove(N node) {
        if (!nodes.remove(node)) {
            return false;
        }
        points.removeIf(point -> point.node.equals(node));
        return true;
    }

    /** The nodes in the order they were added. */
    public Set<N> nodes() {
        return Collections.unmodifiableSet(nodes);
    }

    /** The owner of a key: the node with the first point at or after the key; empty if the ring is. */
    public Optional<N> owner(Key key) {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.get(indexOf(key)).node);
    }

    /**
     * The nodes that keep the copies of a key: the owner first, then the distinct nodes whose points follow.
     *
     * @param count the number of nodes wanted, at least 0; fewer are returned if the ring has fewer
     */
    public List<N> owners(Key key, int count) {
        int wanted = Math.min(count, nodes.size());
        Set<N> owners = new LinkedHashSet<>();
        for (int i = indexOf(key); owners.size() < wanted; i++) {
            owners.add(points.get(i % points.size()).node);
        }
        return List.copyOf(owners);
    }

    /** The share of the ring that each node owns, exact to 15 digits: fractions that add up to 1, in the order the nodes were added. */
    public Map<N, Double> shares() {
        Map<N, Double> shares = new LinkedHashMap<>();
        nodes.forEach(node -> shares.put(node, 0.0));
        for (int i = 0; i < points.size(); i++) {
            shares.merge(points.get(i).node, share(i), Double::sum);
        }
        return shares;
    }

    /** The standard deviation of the shares over their mean: how uneven this ring is. 0 if it is empty. */
    public double variation() {
        double sum = 0;
        for (double share : shares().values()) {
            sum += Math.pow(share * nodes.size() - 1, 2);
        }
        return nodes.isEmpty() ? 0 : Math.sqrt(sum / nodes.size());
    }

    /**
     * The expected {@link #variation}. With N nodes of V points, a share has the distribution Beta(V, NV - V), whose standard deviation
     * over its mean is sqrt((N - 1) / (NV + 1)).
     */
    public double expectedVariation() {
        return Math.sqrt((nodes.size() - 1.0) / (nodes.size() * (double) virtualNodes + 1));
    }

    /**
     * The fraction of all keys that have another owner on another ring, exact to 15 digits: about 1/(N + 1) after a node joined N others.
     *
     * @param other not empty; nor may this ring be
     */
    public double movedShare(HashRing<N> other) {
        if (points.isEmpty() || other.points.isEmpty()) {
            throw new IllegalStateException("a ring without nodes has no owners");
        }
        List<Key> ends = new ArrayList<>(points.size() + other.points.size());
        points.forEach(point -> ends.add(point.position));
        other.points.forEach(point -> ends.add(point.position));
        Collections.sort(ends);
        double moved = 0;
        for (int i = 0; i < ends.size(); i++) {
            Key end = ends.get(i);
            if (!owner(end).equals(other.owner(end))) {
                moved += part(ends.get((i + ends.size() - 1) % ends.size()), end);
            }
        }
        return moved;
    }

    private double share(int index) {
        if (points.size() == 1) {
            return 1;
        }
        Key before = points.get((index + points.size() - 1) % points.size()).position;
        return part(before, points.get(index).position);
    }

    /** The arc between two points as a fraction of the ring. */
    private static double part(Key from, Key to) {
        return (from.clockwiseTo(to).high() >>> 11) * 0x1p-53;
    }

    /** The index of the first point at or after the key. */
    private int indexOf(Key key) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).position.compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == points.size() ? 0 : low;
    }

    private List<Point<N>> pointsOf(N node) {
        byte[] bytes = name.apply(node);
        ByteBuffer input = ByteBuffer.allocate(bytes.length + Integer.BYTES).put(bytes);
        List<Point<N>> added = new ArrayList<>(virtualNodes);
        for (int i = 0; i < virtualNodes; i++) {
            input.putInt(bytes.length, i);
            added.add(new Point<>(Key.ofContent(input.array()), node));
        }
        Collections.sort(added);
        return added;
    }

    /** One virtual node. */
    private record Point<N>(Key position, N node) implements Comparable<Point<N>> {
        @Override
        public int compareTo(Point<N> other) {
            return position.compareTo(other.position);
        }
    }
}
