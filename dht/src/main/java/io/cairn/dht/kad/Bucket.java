package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The contacts of one part of the identifier space, and a few replacements that wait for a free place (Kademlia, sections 2.2 and 4.1).
 * Parallel arrays that grow on demand: 25 bytes a contact besides the contact object, which is stored as given, so that many tables can
 * share it. Searches compare the first bits of the id or the hash of the endpoint before they read any object.
 */
final class Bucket {
    /** Stands for an unknown hearing time. */
    private static final long NEVER = Long.MIN_VALUE;

    /** The silence of a contact never heard: more than a century; may be multiplied. */
    static final long AGES_MILLIS = Long.MAX_VALUE >>> 8;

    private static final Contact[] NOBODY = {};
    private static final long[] NO_TIMES = {};
    private static final int[] NO_HASHES = {};
    private static final byte[] NO_FAILURES = {};
    private static final int GROWTH = 4;

    private final int replacementsMax;
    private Contact[] contacts = NOBODY;
    private long[] idPrefixes = NO_TIMES;
    private long[] heardMillis = NO_TIMES;
    private int[] endpointHashes = NO_HASHES;
    private byte[] failures = NO_FAILURES;
    private int count;
    private Contact[] waiting = NOBODY;
    private int waitingCount;
    private long touchedMillis;

    /**
     * Caches of the earliest time in {@link #heardMillis}, while it is known, and of the number of failing contacts: the array is seldom
     * read.
     */
    private long earliestMillis = Long.MAX_VALUE;

    private boolean isEarliestKnown = true;
    private int failing;

    Bucket(int replacementsMax, long touchedMillis) {
        this.replacementsMax = replacementsMax;
        this.touchedMillis = touchedMillis;
    }

    int count() {
        return count;
    }

    /** The place of an id, 0 to count - 1, or -1. Places change whenever a contact leaves. */
    int placeOf(NodeId id) {
        long idPrefix = id.prefix();
        for (int place = 0; place < count; place++) {
            if (idPrefixes[place] == idPrefix && contacts[place].id().equals(id)) {
                return place;
            }
        }
        return -1;
    }

    /** The place of the contact at an endpoint, or -1. */
    int placeOf(Endpoint endpoint, int endpointHash) {
        for (int place = 0; place < count; place++) {
            if (endpointHashes[place] == endpointHash
                    && contacts[place].endpoint().equals(endpoint)) {
                return place;
            }
        }
        return -1;
    }

    Contact contact(int place) {
        return contacts[place];
    }

    /** The number of consecutive unanswered requests, at most 127. */
    int failures(int place) {
        return failures[place];
    }

    /** The time since the contact was last heard; {@link #AGES_MILLIS} if unknown. */
    long silenceMillis(int place, long nowMillis) {
        return heardMillis[place] == NEVER ? AGES_MILLIS : nowMillis - heardMillis[place];
    }

    /** Whether any contact here left its last request unanswered. */
    boolean hasFailing() {
        return failing > 0;
    }

    /** The longest silence of any contact here; negative if there is none. */
    long longestSilenceMillis(long nowMillis) {
        if (!isEarliestKnown) {
            earliestMillis = Long.MAX_VALUE;
            for (int place = 0; place < count; place++) {
                earliestMillis = Math.min(earliestMillis, heardMillis[place]);
            }
            isEarliestKnown = true;
        }
        if (count == 0) {
            return -1;
        }
        return earliestMillis == NEVER ? AGES_MILLIS : nowMillis - earliestMillis;
    }

    /** The place of the contact with the longest silence; among equals, the one added first. */
    int oldest() {
        int oldest = 0;
        for (int place = 1; place < count; place++) {
            if (heardMillis[place] < heardMillis[oldest]) {
                oldest = place;
            }
        }
        return oldest;
    }

    /** The place of the contact farthest from a point. */
    int farthestFrom(Id160 point) {
        int farthest = 0;
        for (int place = 1; place < count; place++) {
            if (point.compareDistance(contacts[place].id(), contacts[farthest].id()) > 0) {
                farthest = place;
            }
        }
        return farthest;
    }

    /** Adds a contact that has no place yet. */
    void add(Contact contact, long nowMillis) {
        forgetReplacement(contact.id());
        append(contact, nowMillis, (byte) 0);
    }

    void heard(int place, long nowMillis) {
        forget(place);
        heardMillis[place] = nowMillis;
        failures[place] = 0;
        earliestMillis = Math.min(earliestMillis, nowMillis);
    }

    /** Records that the id at a place now answers from another endpoint. */
    void move(int place, Contact contact) {
        forgetReplacement(contact.id());
        contacts[place] = contact;
        endpointHashes[place] = contact.endpoint().hashCode();
    }

    void fail(int place) {
        failing += failures[place] == 0 ? 1 : 0;
        if (failures[place] < Byte.MAX_VALUE) {
            failures[place]++;
        }
    }

    void remove(int place) {
        forget(place);
        int behind = count - place - 1;
        System.arraycopy(contacts, place + 1, contacts, place, behind);
        System.arraycopy(idPrefixes, place + 1, idPrefixes, place, behind);
        System.arraycopy(heardMillis, place + 1, heardMillis, place, behind);
        System.arraycopy(endpointHashes, place + 1, endpointHashes, place, behind);
        System.arraycopy(failures, place + 1, failures, place, behind);
        count--;
        Arrays.fill(contacts, count, contacts.length, null);
    }

    /** Marks all contacts as never heard, so that each is asked soon. */
    void doubt() {
        Arrays.fill(heardMillis, 0, count, NEVER);
        isEarliestKnown = false;
    }

    /** Adds a replacement; the one that has waited longest makes room. */
    void await(Contact contact) {
        forgetReplacement(contact.id());
        if (waitingCount == replacementsMax) {
            forgetReplacement(0);
        }
        if (waitingCount == waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.min(replacementsMax, waitingCount + GROWTH));
        }
        if (waitingCount < waiting.length) {
            waiting[waitingCount++] = contact;
        }
    }

    boolean hasReplacement() {
        return waitingCount > 0;
    }

    void forgetReplacement(NodeId id) {
        for (int i = waitingCount - 1; i >= 0; i--) {
            if (waiting[i].id().equals(id)) {
                forgetReplacement(i);
            }
        }
    }

    /** Gives a free place to the most recently heard acceptable replacement. It counts as never heard, so that it is asked soon. */
    @Nullable
    Contact promote(Predicate<Contact> acceptable) {
        for (int i = waitingCount - 1; i >= 0; i--) {
            Contact candidate = waiting[i];
            if (placeOf(candidate.id()) >= 0) {
                continue; // it waits for its own place at another endpoint
            }
            forgetReplacement(i);
            if (acceptable.test(candidate)) {
                append(candidate, NEVER, (byte) 0);
                return candidate;
            }
        }
        return null;
    }

    /** Moves the contacts of the deeper half to another bucket. */
    void moveTo(Bucket deeper, Predicate<NodeId> belongsThere) {
        for (int place = 0; place < count; ) {
            if (belongsThere.test(contacts[place].id())) {
                deeper.append(contacts[place], heardMillis[place], failures[place]);
                remove(place);
            } else {
                place++;
            }
        }
        for (int i = 0; i < waitingCount; ) {
            if (belongsThere.test(waiting[i].id())) {
                deeper.await(waiting[i]);
                forgetReplacement(i);
            } else {
                i++;
            }
        }
    }

    /** Offers the contacts here to a search for the nearest. */
    void offerTo(Nearest nearest, boolean alsoFailing) {
        for (int place = 0; place < count; place++) {
            if (alsoFailing || failures[place] == 0) {
                nearest.offer(contacts[place], idPrefixes[place]);
            }
        }
    }

    /** The number of contacts that are not failing and are closer to a point than an id is. */
    int countCloser(Id160 point, Id160 than) {
        int closer = 0;
        for (int place = 0; place < count; place++) {
            closer += failures[place] == 0 && point.compareDistance(contacts[place].id(), than) < 0 ? 1 : 0;
        }
        return closer;
    }

    /** The number of contacts in an address block. */
    int countInBlock(long blockPrefix) {
        int inBlock = 0;
        for (int place = 0; place < count; place++) {
            long prefix = AddressBlock.prefixOf(contacts[place].endpoint().address());
            inBlock += prefix == blockPrefix ? 1 : 0;
        }
        return inBlock;
    }

    long touchedMillis() {
        return touchedMillis;
    }

    void touch(long nowMillis) {
        touchedMillis = nowMillis;
    }

    private void append(Contact contact, long atMillis, byte failed) {
        if (count == contacts.length) {
            int length = count + Math.max(GROWTH, count / 4);
            contacts = Arrays.copyOf(contacts, length);
            idPrefixes = Arrays.copyOf(idPrefixes, length);
            heardMillis = Arrays.copyOf(heardMillis, length);
            endpointHashes = Arrays.copyOf(endpointHashes, length);
            failures = Arrays.copyOf(failures, length);
        }
        contacts[count] = contact;
        idPrefixes[count] = contact.id().prefix();
        heardMillis[count] = atMillis;
        endpointHashes[count] = contact.endpoint().hashCode();
        failures[count] = failed;
        failing += failed > 0 ? 1 : 0;
        earliestMillis = Math.min(earliestMillis, atMillis);
        count++;
    }

    /** Invalidates the cached values if they depend on this place. */
    private void forget(int place) {
        failing -= failures[place] > 0 ? 1 : 0;
        isEarliestKnown &= heardMillis[place] > earliestMillis;
    }

    private void forgetReplacement(int index) {
        System.arraycopy(waiting, index + 1, waiting, index, waitingCount - index - 1);
        waitingCount--;
        Arrays.fill(waiting, waitingCount, waiting.length, null);
    }
}
