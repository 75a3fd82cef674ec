package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * The steps of a look-up, enough to explain its outcome.
 *
 * @param asked the nodes asked, closest to the key first, and their answers
 * @param providers distinct providers found
 */
public record SearchReport(Key key, List<Asked> asked, int providers, long millis) {
    public SearchReport {
        asked = List.copyOf(asked);
    }

    /** How many of the nodes asked have answered. */
    public int answered() {
        return (int) asked.stream().filter(a -> a.outcome() == Outcome.ANSWERED).count();
    }

    /**
     * One node that was asked.
     *
     * @param providers the records in its answer
     * @param held the records that it says it holds; at least as many
     * @param closer the nodes closer to the key that it named
     * @param askedMillis from the start of the look-up to the request
     * @param tookMillis from the request to the answer; -1 without one
     */
    public record Asked(
            Contact contact, Outcome outcome, int providers, int held, int closer, long askedMillis, long tookMillis) {
        /** One that holds no more than it answered with. */
        public Asked(Contact contact, Outcome outcome, int providers, int closer, long askedMillis, long tookMillis) {
            this(contact, outcome, providers, providers, closer, askedMillis, tookMillis);
        }
    }

    /** The outcome of one request. */
    public enum Outcome {
        WAITING,
        ANSWERED,
        SILENT
    }
}
