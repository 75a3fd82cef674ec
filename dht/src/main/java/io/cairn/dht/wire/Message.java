package io.cairn.dht.wire;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;

/** What nodes say to each other in datagrams: the four calls of Kademlia (section 2.3), the caching of records, and their answers. Pure data. */
public sealed interface Message {
    /** Asks for an answer. */
    sealed interface Request extends Message {}

    /** Answers a request, under its request id. */
    sealed interface Response extends Message {}

    /** Are you there? */
    record Ping() implements Request {}

    /**
     * I am here.
     *
     * @param observed where the asker's datagram came from, so that it learns its own address
     */
    record Pong(Endpoint observed) implements Response {}

    /** Which contacts of yours are closest to the target? */
    record FindNode(Key target) implements Request {}

    /**
     * @param closest at most k contacts, closest to the target first
     */
    record Nodes(List<Contact> closest) implements Response {
        public Nodes {
            closest = List.copyOf(closest);
        }
    }

    /** Which records of this type do you hold under the key, and which contacts are closest to it? */
    record FindValue(Key key, RecordType type) implements Request {}

    /**
     * @param records the records held, or a random part of them where they do not fit a datagram
     * @param recordsHeld how many there are
     * @param closest at most k contacts, closest to the key first, as many as fit
     */
    record Values(List<SignedRecord> records, int recordsHeld, List<Contact> closest) implements Response {
        public Values {
            records = List.copyOf(records);
            closest = List.copyOf(closest);
        }
    }

    /** Keep these records. Needs a token in its envelope. */
    record Store(RecordBatch batch) implements Request {}

    /**
     * Keep copies of these records, which I looked for and did not find with you. Needs a token in its envelope.
     *
     * @param records 1 to {@link WireSizes#CACHED_RECORDS_MAX}
     */
    record Cache(List<SignedRecord> records) implements Request {
        public Cache {
            records = List.copyOf(records);
        }
    }

    /**
     * Answers a STORE or a CACHE.
     *
     * @param accepted how many of the batch's keys, or of the records, are now held here
     * @param refusal why not all, or NONE
     */
    record Stored(int accepted, Refusal refusal) implements Response {}

    /** Why a STORE or CACHE was not taken whole. The numbers are those on the wire. */
    enum Refusal {
        NONE(0),
        /** The token is missing, too old or of another address; the answer carries a fresh one. */
        TOKEN(1),
        /** Expired, too far ahead, not signed by its publisher, or sent by a publisher that names only addresses of others. */
        INVALID(2),
        /** A later statement of the same publisher is already held. */
        OUTDATED(3),
        /** A quota is full, or nearly so; or what came to be cached is too far from here. */
        FULL(4);

        private final int number;

        Refusal(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /**
         * @throws MalformedException if no refusal has this number
         */
        public static Refusal ofNumber(int number) throws MalformedException {
            for (Refusal refusal : values()) {
                if (refusal.number == number) {
                    return refusal;
                }
            }
            throw new MalformedException("no refusal " + number);
        }
    }
}
