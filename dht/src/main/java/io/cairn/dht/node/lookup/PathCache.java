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
 * Shortens the way for those who look for the same key later: a search that had to go on from the first nodes it asked leaves what it
 * found at the closest node that had nothing (Kademlia, section 2.3). One datagram a search, and none where the first answers already
 * brought records: so a popular key draws copies towards those who ask for it, and then no more. How long a copy lives is the
 * decision of whoever keeps it.
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

    /**
     * @param alpha how many nodes are asked at first
     */
    public PathCache(Requests requests, int alpha, Key key) {
        this.requests = requests;
        this.alpha = alpha;
        this.key = key;
    }

    /** Takes note of a record that has proven true. */
    public void found(SignedRecord record) {
        if (isFirst) {
            isFirst = false;
            wentOn = answersWithout >= alpha;
        }
        if (wentOn && found.size() < WireSizes.CACHED_RECORDS_MAX) {
            found.add(record);
        }
    }

    /** Takes note of a node that was asked and has no record. */
    public void answeredWithout(Contact contact) {
        answersWithout++;
        if (closestWithout == null
                || contact.id().distanceTo(key).compareTo(closestWithout.id().distanceTo(key)) < 0) {
            closestWithout = contact;
        }
    }

    /** The search has ended: leaves copies if that is worth while. */
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

    /** Nobody depends on a copy. */
    private static final class Unconcerned implements Requests.Asker {
        @Override
        public void answered(Contact from, Message.Response response) {}

        @Override
        public void unanswered() {}
    }
}
