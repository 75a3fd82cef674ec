package io.cairn.sim.kademlia;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All contacts sorted by id: global knowledge that no node can have, an oracle. Contacts with a common prefix are adjacent, so a binary
 * search finds the closest to a point: a few microseconds among 100,000. Adding one contact shifts those after it; adding many sorts once.
 */
final class ContactIndex {
    private final List<Contact> sorted = new ArrayList<>();
    private boolean isSorted = true;

    int size() {
        return sorted.size();
    }

    /** Sorted at the next query. */
    void add(Contact contact) {
        sorted.add(contact);
        isSorted = false;
    }

    void remove(Contact contact) {
        sort();
        int at = from(0, sorted.size(), contact.id());
        if (at == sorted.size() || !sorted.get(at).id().equals(contact.id())) {
            throw new IllegalArgumentException("not in the index: " + contact);
        }
        sorted.remove(at);
    }

    /** The contacts closest to a point, closest first. */
    List<Contact> closest(Id160 target, int count) {
        sort();
        List<Contact> found = new ArrayList<>(Math.min(count, sorted.size()));
        collect(target, count, 0, sorted.size(), 0, found);
        return found;
    }

    /**
     * The contacts of a node that has long been in the network: the k closest; and from each bucket's part of the space all contacts, or k
     * random ones if there are more.
     */
    List<Contact> acquaintances(Id160 self, int k, SplittableRandom random) {
        List<Contact> closest = closest(self, k + 1);
        List<Contact> known = new ArrayList<>();
        int from = 0;
        int to = sorted.size();
        for (int bit = 0; bit < Id160.LENGTH_BITS && to - from > 1; bit++) {
            int middle = firstWithBit(bit, from, to);
            boolean isUpper = self.bit(bit);
            List<Contact> part = sorted.subList(isUpper ? from : middle, isUpper ? middle : to);
            if (part.size() <= k) {
                known.addAll(part);
            } else {
                int shared = bit;
                List<Contact> met = new ArrayList<>(k);
                closest.stream()
                        .filter(contact -> contact.id().commonPrefixLength(self) == shared)
                        .forEach(met::add);
                meet(part, k, random, met);
                known.addAll(met);
            }
            from = isUpper ? middle : from;
            to = isUpper ? to : middle;
        }
        if (to - from == 1 && !sorted.get(from).id().equals(self)) {
            known.add(sorted.get(from));
        }
        return known;
    }

    private static void meet(List<Contact> all, int count, SplittableRandom random, List<Contact> met) {
        while (met.size() < count) {
            Contact candidate = all.get(random.nextInt(all.size()));
            if (!met.contains(candidate)) {
                met.add(candidate);
            }
        }
    }

    /** Depth first, the half that shares the target's next bit first: that is the order of distance. */
    private void collect(Id160 target, int count, int from, int to, int bit, List<Contact> found) {
        if (from == to || found.size() == count) {
            return;
        }
        if (to - from == 1) {
            found.add(sorted.get(from));
            return;
        }
        int middle = firstWithBit(bit, from, to);
        if (target.bit(bit)) {
            collect(target, count, middle, to, bit + 1, found);
            collect(target, count, from, middle, bit + 1, found);
        } else {
            collect(target, count, from, middle, bit + 1, found);
            collect(target, count, middle, to, bit + 1, found);
        }
    }

    /** Among contacts that share all bits before this one, the index of the first that has it set. */
    private int firstWithBit(int bit, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).id().bit(bit)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int from(int from, int to, Id160 id) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void sort() {
        if (!isSorted) {
            sorted.sort(Comparator.comparing(Contact::id));
            isSorted = true;
        }
    }
}
