package io.cairn.dht.wire;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages between nodes: the four calls of Kademlia (section 2.3), the caching of records, and their answers. Pure data. Each place
 * that treats messages by their kind implements {@link Cases} or {@link RequestCases}: a new kind does not compile until all handle it.
 */
public sealed interface Message {
    /** Calls the case of this kind. */
    <T> T match(Cases<T> cases);

    /** Asks for an answer. */
    sealed interface Request extends Message {
        /** Calls the case of this kind. */
        <T> T matchRequest(RequestCases<T> cases);

        /** The kind of response that answers it. */
        Class<? extends Response> answer();

        @Override
        default <T> T match(Cases<T> cases) {
            return matchRequest(cases);
        }
    }

    /** Answers a request, under its request id. */
    sealed interface Response extends Message {
        /** Whether the request is refused because it shows no valid token; the answer carries a fresh one. */
        default boolean lacksToken() {
            return false;
        }

        /** The named contacts, closest to the target first. */
        default List<Contact> closest() {
            return List.of();
        }
    }

    /** One case for each kind of request. */
    interface RequestCases<T> {
        T ping(Ping ping);

        T findNode(FindNode find);

        T findValue(FindValue find);

        T store(Store store);

        T cache(Cache cache);

        T dialBack(DialBack dialBack);
    }

    /** One case for each kind of message. */
    interface Cases<T> extends RequestCases<T> {
        T pong(Pong pong);

        T nodes(Nodes nodes);

        T values(Values values);

        T stored(Stored stored);

        T dialledBack(DialledBack dialledBack);

        T knock(Knock knock);
    }

    /** Are you there? */
    record Ping() implements Request {
        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.ping(this);
        }

        @Override
        public Class<Pong> answer() {
            return Pong.class;
        }
    }

    /**
     * I am here.
     *
     * @param observed where the asker's datagram came from, so that it learns its own address
     */
    record Pong(Endpoint observed) implements Response {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.pong(this);
        }
    }

    /** Which contacts of yours are closest to the target? */
    record FindNode(Key target) implements Request {
        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.findNode(this);
        }

        @Override
        public Class<Nodes> answer() {
            return Nodes.class;
        }
    }

    /**
     * @param closest at most k contacts, closest to the target first
     */
    record Nodes(List<Contact> closest) implements Response {
        public Nodes {
            closest = List.copyOf(closest);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.nodes(this);
        }
    }

    /**
     * Which records of this type do you hold under the key, and which contacts are closest to it?
     *
     * @param after if set, the answer has the records of publishers with greater ids, in the order of their ids, and no contacts
     */
    record FindValue(Key key, RecordType type, @Nullable NodeId after) implements Request {
        /** Asks for any of the records, and for contacts. */
        public FindValue(Key key, RecordType type) {
            this(key, type, null);
        }

        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.findValue(this);
        }

        @Override
        public Class<Values> answer() {
            return Values.class;
        }
    }

    /**
     * @param records the records held; if they do not fit a datagram, a random selection, or the first of those asked for
     * @param recordsHeld the number of records held
     * @param closest at most k contacts, closest to the key first, as many as fit
     */
    record Values(List<SignedRecord> records, int recordsHeld, List<Contact> closest) implements Response {
        public Values {
            records = List.copyOf(records);
            closest = List.copyOf(closest);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.values(this);
        }
    }

    /** Keep these records. Needs a token in its envelope. */
    record Store(RecordBatch batch) implements Request {
        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.store(this);
        }

        @Override
        public Class<Stored> answer() {
            return Stored.class;
        }
    }

    /**
     * Keep copies of these records, which I looked for and did not find at your node. Needs a token in its envelope.
     *
     * @param records 1 to {@link WireSizes#CACHED_RECORDS_MAX}
     */
    record Cache(List<SignedRecord> records) implements Request {
        public Cache {
            records = List.copyOf(records);
        }

        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.cache(this);
        }

        @Override
        public Class<Stored> answer() {
            return Stored.class;
        }
    }

    /**
     * Answers a STORE or a CACHE.
     *
     * @param accepted how many of the batch's keys, or of the records, are now held here
     * @param refusal why not all, or NONE
     * @param observed where the request came from, if the publisher's record is refused because it does not name that address; else null
     */
    record Stored(int accepted, Refusal refusal, @Nullable Endpoint observed) implements Response {
        public Stored(int accepted, Refusal refusal) {
            this(accepted, refusal, null);
        }

        @Override
        public boolean lacksToken() {
            return refusal == Refusal.TOKEN;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.stored(this);
        }
    }

    /**
     * Can others reach me? Send a {@link Knock} to this port of the address that you see me at, from a port that I have not sent to. Needs
     * a token in its envelope.
     *
     * @param port 1 to 65535: where the sender serves
     * @param nonce the request id of the knock; not 0
     */
    record DialBack(int port, long nonce) implements Request {
        @Override
        public <T> T matchRequest(RequestCases<T> cases) {
            return cases.dialBack(this);
        }

        @Override
        public Class<DialledBack> answer() {
            return DialledBack.class;
        }
    }

    /**
     * Answers a DIAL_BACK.
     *
     * @param refusal NONE if the knock is sent, TOKEN, or FULL if this node knocks too often
     * @param observed where the request came from
     */
    record DialledBack(Refusal refusal, Endpoint observed) implements Response {
        @Override
        public boolean lacksToken() {
            return refusal == Refusal.TOKEN;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.dialledBack(this);
        }
    }

    /** You can be reached here. Its request id is the nonce of the {@link DialBack}. */
    record Knock() implements Response {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.knock(this);
        }
    }

    /** Why a STORE or CACHE was not accepted in full. The numbers are those on the wire. */
    enum Refusal {
        NONE(0),
        /** The token is missing, too old or for another address; the answer carries a fresh one. */
        TOKEN(1),
        /** Expired, too far ahead, not signed by its publisher, or sent by a publisher that does not name the address it sends from. */
        INVALID(2),
        /** A later statement of the same publisher is already held. */
        OUTDATED(3),
        /** A quota is full or nearly full; or a key to cache is too far from this node. */
        FULL(4),
        /** This node does not keep records of this type, because nothing on it reads them. */
        TYPE(5);

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
