package io.cairn.sim.kademlia;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All contacts in the order of their ids: what no node can know, an oracle. Those that share a prefix stand together, so the closest to a
 * point are found by halving: some microseconds among 100,000. Adding one by one moves what stands behind; adding many sorts once.
 */
final class ContactIndex {
    private final List<Contact> sorted = new ArrayList<>();
    private boolean isSorted = true;

    int size() {
        return sorted.size();
    }

    /** Sorted at the next question. */
    void add(Contact contact) {
        sorted.add(contact);
        isSorted = false;
    }

    void remove(Contact contact) {
        sort();
        int at = from(0, sorted.size(), contact.id());
        if (at == sorted.size() || !sorted.get(at).id().equals(contact.id())) {
            throw new IllegalArgumentException("not here: " + contact);
        }
        sorted.remove(at);
    }

    /** The closest to a point, closest first. */
    List<Contact> closest(Id160 target, int count) {
        sort();
        List<Contact> found = new ArrayList<>(Math.min(count, sorted.size()));
        collect(target, count, 0, sorted.size(), 0, found);
        return found;
    }

    /**
     * Whom a node that has long been in the network would know: the k closest; and of each bucket's part of the space everyone, or k where
     * they are more, at random beside those.
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

    /** Depth first, the half that shares the target's next bit before the other: that is the order of distance. */
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

    /** Among contacts that share all bits before this one: the first that has it. */
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
