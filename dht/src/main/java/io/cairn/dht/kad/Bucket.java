package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Up to k contacts of one part of the identifier space, the one heard longest ago first, and a few that wait for a gap
 * (Kademlia, sections 2.2 and 4.1). Some 150 bytes a contact.
 */
final class Bucket {
    private final LinkedHashMap<NodeId, Place> places = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, Contact> replacements = new LinkedHashMap<>();
    private final int size;
    private final int replacementsMax;
    private long touchedMillis;

    Bucket(int size, int replacementsMax, long touchedMillis) {
        this.size = size;
        this.replacementsMax = replacementsMax;
        this.touchedMillis = touchedMillis;
    }

    boolean isFull() {
        return places.size() >= size;
    }

    /** The contacts that have a place, the one heard longest ago first. */
    Collection<Place> places() {
        return places.values();
    }

    @Nullable
    Place place(NodeId id) {
        return places.get(id);
    }

    Place oldest() {
        return places.values().iterator().next();
    }

    /** Gives a place at the end; a contact that had one moves there. */
    void heard(Contact contact, long nowMillis) {
        places.remove(contact.id());
        replacements.remove(contact.id());
        places.put(contact.id(), new Place(contact, nowMillis));
    }

    void remove(NodeId id) {
        places.remove(id);
    }

    /** Lets a contact wait; the one that waited longest makes room. */
    void await(Contact contact) {
        replacements.remove(contact.id());
        replacements.put(contact.id(), contact);
        if (replacements.size() > replacementsMax) {
            replacements.remove(replacements.keySet().iterator().next());
        }
    }

    boolean hasReplacement() {
        return !replacements.isEmpty();
    }

    int replacementCount() {
        return replacements.size();
    }

    void forgetReplacement(NodeId id) {
        replacements.remove(id);
    }

    /**
     * Gives a free place to whoever of those waiting was heard last and is acceptable. It counts as heard longest ago, so that
     * it is asked soon.
     */
    @Nullable
    Contact promote(Predicate<Contact> acceptable) {
        List<Contact> waiting = new ArrayList<>(replacements.values());
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Contact candidate = waiting.get(i);
            if (places.containsKey(candidate.id())) {
                continue; // it waits for its own place at another endpoint
            }
            replacements.remove(candidate.id());
            if (acceptable.test(candidate)) {
                List<Place> others = new ArrayList<>(places.values());
                places.clear();
                places.put(candidate.id(), new Place(candidate, Long.MIN_VALUE));
                others.forEach(place -> places.put(place.contact().id(), place));
                return candidate;
            }
        }
        return null;
    }

    /** Moves whoever belongs to the deeper half to another bucket. */
    void moveTo(Bucket deeper, Predicate<NodeId> belongsThere) {
        for (Iterator<Place> all = places.values().iterator(); all.hasNext(); ) {
            Place place = all.next();
            if (belongsThere.test(place.contact().id())) {
                all.remove();
                deeper.places.put(place.contact().id(), place);
            }
        }
        for (Iterator<Contact> all = replacements.values().iterator(); all.hasNext(); ) {
            Contact contact = all.next();
            if (belongsThere.test(contact.id())) {
                all.remove();
                deeper.replacements.put(contact.id(), contact);
            }
        }
    }

    long touchedMillis() {
        return touchedMillis;
    }

    void touch(long nowMillis) {
        touchedMillis = nowMillis;
    }

    /** One contact and how it behaves. */
    static final class Place {
        private final Contact contact;
        private final long heardMillis;
        private int failures;

        Place(Contact contact, long heardMillis) {
            this.contact = contact;
            this.heardMillis = heardMillis;
        }

        Contact contact() {
            return contact;
        }

        /** When it last answered, on the monotonic clock; the least number if that was before it waited. */
        long heardMillis() {
            return heardMillis;
        }

        /** Requests in a row that it did not answer. */
        int failures() {
            return failures;
        }

        void fail() {
            failures++;
        }
    }
}
