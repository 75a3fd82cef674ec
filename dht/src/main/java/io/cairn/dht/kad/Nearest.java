package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Picks the contacts nearest to a point from those it is offered. Keeps them sorted by the first 64 bits of their distances, which nearly
 * always decide; it allocates nothing per contact, and reads nothing but those bits of contacts that are too far.
 */
final class Nearest {
    private final Id160 target;
    private final @Nullable NodeId except;
    private final Contact[] contacts;
    private final long[] distances;
    private int count;

    /**
     * @param max how many to keep
     * @param except an id to leave out
     */
    Nearest(Id160 target, int max, @Nullable NodeId except) {
        this.target = target;
        this.except = except;
        this.contacts = new Contact[max];
        this.distances = new long[max];
    }

    /**
     * @param idPrefix {@link Id160#prefix} of the id of the contact
     */
    void offer(Contact contact, long idPrefix) {
        if (except != null && except.prefix() == idPrefix && except.equals(contact.id())) {
            return;
        }
        long distance =
                idPrefix ^ target.prefix() ^ Long.MIN_VALUE; // so that a signed comparison orders unsigned numbers
        int place = count;
        if (isFull()) {
            if (place == 0 || !isBefore(distance, contact, place - 1)) {
                return;
            }
            place--;
        } else {
            count++;
        }
        for (; place > 0 && isBefore(distance, contact, place - 1); place--) {
            contacts[place] = contacts[place - 1];
            distances[place] = distances[place - 1];
        }
        contacts[place] = contact;
        distances[place] = distance;
    }

    boolean isFull() {
        return count == contacts.length;
    }

    /** Nearest first. Immutable. */
    List<Contact> toList() {
        return List.of(count == contacts.length ? contacts : Arrays.copyOf(contacts, count));
    }

    private boolean isBefore(long distance, Contact contact, int place) {
        if (distance != distances[place]) {
            return distance < distances[place];
        }
        Contact other = Objects.requireNonNull(contacts[place]);
        return target.compareDistance(contact.id(), other.id()) < 0;
    }
}
