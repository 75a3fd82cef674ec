package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * What a look-up did: enough to explain its outcome.
 *
 * @param asked whom it asked, closest to the key first, and what came back
 * @param providers distinct providers heard of
 */
public record SearchReport(Key key, List<Asked> asked, int providers, long millis) {
    public SearchReport {
        asked = List.copyOf(asked);
    }

    /** How many of those asked have answered. */
    public int answered() {
        return (int) asked.stream().filter(a -> a.outcome() == Outcome.ANSWERED).count();
    }

    /** One node that was asked. */
    public record Asked(Contact contact, Outcome outcome, int providers) {}

    /** What became of a question. */
    public enum Outcome {
        WAITING,
        ANSWERED,
        SILENT
    }
}
