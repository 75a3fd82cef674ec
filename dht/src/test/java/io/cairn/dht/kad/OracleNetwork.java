package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network of which every node has the table it would have after a quiet day: k random contacts in each bucket, or all if there are fewer.
 * Tables are drawn at their first use.
 */
final class OracleNetwork {
    private final List<Contact> contacts;
    private final int[][] tables;
    private final int k;
    private final RandomGenerator random;

    OracleNetwork(int size, int k, RandomGenerator random) {
        this(Networks.contacts(size, random), k, random);
    }

    OracleNetwork(List<Contact> all, int k, RandomGenerator random) {
        this.contacts = new ArrayList<>(all);
        this.contacts.sort(Comparator.comparing(Contact::id));
        this.tables = new int[all.size()][];
        this.k = k;
        this.random = random;
    }

    Contact contact(int node) {
        return contacts.get(node);
    }

    int size() {
        return contacts.size();
    }

    /** The number of a node; negative if no node has this id. */
    int indexOf(NodeId id) {
        int low = 0;
        int high = contacts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = contacts.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The answer of a node: the contacts of its table closest to a point, closest first. */
    List<Contact> closestInTable(int node, Id160 target, int count) {
        if (tables[node] == null) {
            tables[node] = draw(contacts.get(node).id());
        }
        return closest(tables[node], target, count);
    }

    /** All contacts of a node. */
    List<Contact> table(int node) {
        List<Contact> table = new ArrayList<>();
        for (int index : draw(contacts.get(node).id())) {
            table.add(contacts.get(index));
        }
        return table;
    }

    /** The nodes truly closest to a key. */
    List<Contact> closest(Key target, int count) {
        int[] range = range(target, 0, contacts.size(), 0, count);
        int[] inside = new int[range[1] - range[0]];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = range[0] + i;
        }
        return closest(inside, target, count);
    }

    List<Contact> closest(int[] among, Id160 target, int count) {
        Contact[] best = new Contact[Math.min(count, among.length)];
        int size = 0;
        for (int index : among) {
            Contact contact = contacts.get(index);
            int place = size;
            while (place > 0 && target.compareDistance(contact.id(), best[place - 1].id()) < 0) {
                place--;
            }
            if (place < best.length) {
                int last = Math.min(size, best.length - 1);
                System.arraycopy(best, place, best, place + 1, last - place);
                best[place] = contact;
                size = Math.min(size + 1, best.length);
            }
        }
        return List.of(best);
    }

    /** The smallest subtree around a point that has enough nodes. */
    private int[] range(Id160 point, int from, int to, int depth, int countMin) {
        int split = split(from, to, depth);
        int low = point.bit(depth) ? split : from;
        int high = point.bit(depth) ? to : split;
        return high - low < countMin ? new int[] {from, to} : range(point, low, high, depth + 1, countMin);
    }

    private int split(int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (contacts.get(middle).id().bit(depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int[] draw(NodeId self) {
        List<Integer> table = new ArrayList<>();
        int from = 0;
        int to = contacts.size();
        for (int depth = 0; to - from > 1; depth++) {
            int split = split(from, to, depth);
            boolean isHigh = self.bit(depth);
            drawFrom(isHigh ? from : split, isHigh ? split : to, table);
            from = isHigh ? split : from;
            to = isHigh ? to : split;
        }
        return table.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Floyd's algorithm for drawing k of n without repetition. */
    private void drawFrom(int from, int to, List<Integer> table) {
        int first = table.size();
        int count = Math.min(k, to - from);
        for (int i = to - count; i < to; i++) {
            int drawn = from + random.nextInt(i - from + 1);
            table.add(table.subList(first, table.size()).contains(drawn) ? i : drawn);
        }
    }
}
