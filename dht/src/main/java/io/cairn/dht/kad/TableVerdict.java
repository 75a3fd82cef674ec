package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;

/** What the routing table did with a contact that answered us. */
public sealed interface TableVerdict {
    /** It is new and has a place. */
    record Added() implements TableVerdict {}

    /** It had its place already and is now the one heard most recently. */
    record Known() implements TableVerdict {}

    /** Its bucket is full of contacts heard lately; it waits for a gap. */
    record Cached() implements TableVerdict {}

    /**
     * It waits for a gap, and there may be one: whoever holds the place has not been heard for long, or says to be elsewhere.
     *
     * @param oldest whom to ask whether it still lives; its answer or failure decides
     */
    record Ask(Contact oldest) implements TableVerdict {}

    /** It is this node itself, or its block of addresses has as many places as one may have. */
    record Refused() implements TableVerdict {}
}
