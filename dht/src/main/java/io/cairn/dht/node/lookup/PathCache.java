package io.cairn.dht.node.lookup;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.WireSizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shortens later searches for the same key: a search that had to continue past the first nodes it asked leaves a copy of what it found at
 * the closest node that had no record (Kademlia, section 2.3). It sends one datagram per search, and none if the first answers contained
 * records, so a popular key stops spreading once copies lie on the way to it. The node that keeps a copy decides how long it lives.
 */
public final class PathCache {
    private final Requests requests;
    private final int alpha;
    private final Key key;
    private final List<SignedRecord> found = new ArrayList<>(1);
    private @Nullable Contact closestWithout;
    private int answersWithout;
    private boolean isFirst = true;
    private boolean wentOn;

    /** @param alpha number of nodes asked first */
    public PathCache(Requests requests, int alpha, Key key) {
        this.requests = requests;
        this.alpha = alpha;
        this.key = key;
    }

    /** Notes a verified record. */
    public void found(SignedRecord record) {
        if (isFirst) {
            isFirst = false;
            wentOn = answersWithout >= alpha;
        }
        if (wentOn && found.size() < WireSizes.CACHED_RECORDS_MAX) {
            found.add(record);
        }
    }

    /** Notes a node that was asked and has no record. */
    public void answeredWithout(Contact contact) {
        answersWithout++;
        if (closestWithout == null
                || contact.id().distanceTo(key).compareTo(closestWithout.id().distanceTo(key)) < 0) {
            closestWithout = contact;
        }
    }

    /** The search has ended: leaves copies where that is worthwhile. */
    public void ended() {
        if (wentOn && closestWithout != null) {
            requests.ask(closestWithout, new Message.Cache(fitting()), new Unconcerned());
        }
    }

    private List<SignedRecord> fitting() {
        int bytesLeft = Datagram.BYTES_MAX - WireSizes.CACHE_OVERHEAD_BYTES;
        List<SignedRecord> fitting = new ArrayList<>();
        for (SignedRecord record : found) {
            bytesLeft -= WireSizes.of(record);
            if (bytesLeft < 0) {
                break;
            }
            fitting.add(record);
        }
        return fitting;
    }

    /** Ignores the outcome: nothing depends on a copy. */
    private static final class Unconcerned implements Requests.Asker {
        @Override
        public void answered(Contact from, Message.Response response) {}

        @Override
        public void unanswered() {}
    }
}
