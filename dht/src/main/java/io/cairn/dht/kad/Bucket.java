package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The contacts of one part of the identifier space, and a few that wait for a gap (Kademlia, sections 2.2 and 4.1). Parallel arrays
 * that grow on demand: 25 bytes a contact beside the contact itself, which is kept as it was given, so that many tables may share
 * it. What is looked for among many is compared by the first bits of its id or by the hash of its endpoint before any object is read.
 */
final class Bucket {
    /** When somebody was heard of whom nobody knows when it was heard. */
    private static final long NEVER = Long.MIN_VALUE;

    /** For how long somebody has not been heard of whom nobody knows when it was heard: more than a century; may be multiplied. */
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

    /** The least of the instants in {@link #heardMillis}, while it is known, and how many have failed: so that most often none is read. */
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

    /** The place of an id, 0 to count - 1, or -1. Places change whenever somebody leaves. */
    int placeOf(NodeId id) {
        long idPrefix = id.prefix();
        for (int place = 0; place < count; place++) {
            if (idPrefixes[place] == idPrefix && contacts[place].id().equals(id)) {
                return place;
            }
        }
        return -1;
    }

    /** The place of whoever is at an endpoint, or -1. */
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

    /** Requests in a row that it did not answer, 127 at most. */
    int failures(int place) {
        return failures[place];
    }

    /** For how long it has not been heard; {@link #AGES_MILLIS} if nobody knows. */
    long silenceMillis(int place, long nowMillis) {
        return heardMillis[place] == NEVER ? AGES_MILLIS : nowMillis - heardMillis[place];
    }

    /** Whether the last request to somebody here stayed unanswered. */
    boolean hasFailing() {
        return failing > 0;
    }

    /** For how long the one heard longest ago has not been heard; negative if nobody is here. */
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

    /** The place of the one heard longest ago, of equals the one that came first. */
    int oldest() {
        int oldest = 0;
        for (int place = 1; place < count; place++) {
            if (heardMillis[place] < heardMillis[oldest]) {
                oldest = place;
            }
        }
        return oldest;
    }

    /** The place of the one farthest from a point. */
    int farthestFrom(Id160 point) {
        int farthest = 0;
        for (int place = 1; place < count; place++) {
            if (point.compareDistance(contacts[place].id(), contacts[farthest].id()) > 0) {
                farthest = place;
            }
        }
        return farthest;
    }

    /** Gives a place to a contact that has none. */
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

    /** The id of a place answers from another endpoint now. */
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

    /** Takes all its contacts for unheard of, so that each is asked soon. */
    void doubt() {
        Arrays.fill(heardMillis, 0, count, NEVER);
        isEarliestKnown = false;
    }

    /** Lets a contact wait; the one that waited longest makes room. */
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

    /**
     * Gives a free place to whoever of those waiting was heard last and is acceptable. It counts as never heard, so that it is asked
     * soon.
     */
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

    /** Moves whoever belongs to the deeper half to another bucket. */
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

    /** Shows its contacts to somebody who looks for the nearest. */
    void offerTo(Nearest nearest, boolean alsoFailing) {
        for (int place = 0; place < count; place++) {
            if (alsoFailing || failures[place] == 0) {
                nearest.offer(contacts[place], idPrefixes[place]);
            }
        }
    }

    /** How many that do not fail are closer to a point than an id is. */
    int countCloser(Id160 point, Id160 than) {
        int closer = 0;
        for (int place = 0; place < count; place++) {
            closer += failures[place] == 0 && point.compareDistance(contacts[place].id(), than) < 0 ? 1 : 0;
        }
        return closer;
    }

    /** How many have an address of a block. */
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

    /** What is noted of all no longer holds for this place. */
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
