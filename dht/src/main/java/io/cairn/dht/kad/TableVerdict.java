package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;

/** The routing table's decision about a contact that answered us. */
public sealed interface TableVerdict {
    /** It is new and has a place. */
    record Added() implements TableVerdict {}

    /** It had its place already and is now the one heard most recently. */
    record Known() implements TableVerdict {}

    /** Its bucket is full of contacts heard lately; it waits for a free place. */
    record Cached() implements TableVerdict {}

    /**
     * It waits for a place that may be free: the holder has been silent for long, or is said to be elsewhere.
     *
     * @param oldest the contact to check for life; its answer or failure decides
     */
    record Ask(Contact oldest) implements TableVerdict {}

    /** It is this node itself, or its block of addresses has all the places a block may have. */
    record Refused() implements TableVerdict {}
}
