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

    /** One node that was asked. */
    public record Asked(Contact contact, Outcome outcome, int providers) {}

    /** The outcome of one request. */
    public enum Outcome {
        WAITING,
        ANSWERED,
        SILENT
    }
}
