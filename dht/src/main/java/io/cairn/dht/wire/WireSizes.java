package io.cairn.dht.wire;

import com.google.protobuf.CodedOutputStream;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.trace.TraceContext;
import java.util.List;

/**
 * The exact sizes of things in a datagram, by arithmetic alone: an answer is cut to a budget before it is encoded and signed, and a
 * simulation knows sizes without encoding at all. An answer fits if {@link #ANSWER_OVERHEAD_BYTES} plus the sizes of its records and
 * contacts do not exceed the budget.
 */
public final class WireSizes {
    /** Most contacts in one message: a few more fit beside an envelope, and Kademlia asks for fewer (k). */
    public static final int CONTACTS_MAX = 32;

    /** Most records in one message: more do not fit a datagram even with empty values. */
    public static final int RECORDS_MAX = 8;

    /** Most records in a CACHE: each costs the holder the check of a signature. */
    public static final int CACHED_RECORDS_MAX = 4;

    /** The most that a contact adds to a message: one with an IPv6 address. */
    public static final int CONTACT_BYTES_MAX = Id160.LENGTH_BYTES + 1 + 16 + 2;

    private static final int PADDING_OVERHEAD_BYTES = 5;
    private static final int TAG_BYTES = 1;
    private static final int FIXED64_BYTES = TAG_BYTES + 8;
    private static final int ID_BYTES = 2 + Id160.LENGTH_BYTES;
    private static final int PUBLIC_KEY_BYTES = 2 + PublicKey.LENGTH_BYTES;
    private static final int SIGNATURE_BYTES = 2 + Signature.LENGTH_BYTES;

    /** An envelope with a recipient around a payload of at least 128 bytes; around a shorter one it is one or two bytes less. */
    public static final int ENVELOPE_BYTES = 3 // tag and length of the body
            + 2 // version
            + 2
            + NetworkId.LENGTH_BYTES
            + FIXED64_BYTES // request id
            + PUBLIC_KEY_BYTES
            + ID_BYTES // recipient
            + FIXED64_BYTES // time
            + 3 // tag and length of the payload
            + SIGNATURE_BYTES;

    /** What a trace adds to an envelope. Only requests carry one, and those that do are far from the limit. */
    public static final int TRACE_BYTES = 2 + TraceContext.LENGTH_BYTES;

    /** A token in a message. */
    public static final int TOKEN_BYTES = 2 + Token.LENGTH_BYTES;

    /** The most that a NODES or VALUES datagram costs besides its records and contacts: envelope, token, the message's own fields. */
    public static final int ANSWER_OVERHEAD_BYTES = ENVELOPE_BYTES
            + TOKEN_BYTES
            + 3 // tag and length of the message
            + 6 // count of records held
            + 3; // tag and length of the contacts

    /** The most that a CACHE datagram costs besides its records: envelope, token, the message's tag and length. */
    public static final int CACHE_OVERHEAD_BYTES = ENVELOPE_BYTES + TOKEN_BYTES + 3;

    /** The largest PING datagram: it has a recipient and a token. */
    public static final int PING_BYTES_MAX = ENVELOPE_BYTES - 2 + TOKEN_BYTES + 2;

    /** The largest PONG datagram: it names an IPv6 endpoint. */
    public static final int PONG_BYTES_MAX = PING_BYTES_MAX + 2 + 19;

    /** The largest STORED datagram: two numbers below 2^14 and an IPv6 endpoint. */
    private static final int STORED_BYTES_MAX = PING_BYTES_MAX + 2 * (TAG_BYTES + 2) + 2 + 19;

    private static final Bodies BODIES = new Bodies();

    private WireSizes() {}

    /** The size of the packet of a datagram without padding. */
    public static int of(Datagram datagram) {
        return sealed(datagram.header(), messageBytes(datagram));
    }

    private static int messageBytes(Datagram datagram) {
        int token = datagram.token() == null ? 0 : TOKEN_BYTES;
        return token + field(datagram.message().match(BODIES));
    }

    /**
     * The size of the packet of a datagram padded to a minimum size: that minimum, unless the length of a length field makes it impossible,
     * and never more than a datagram has.
     *
     * @param bytesMin at most {@link Datagram#BYTES_MAX}
     */
    public static int ofPadded(Datagram datagram, int bytesMin) {
        if (bytesMin > Datagram.BYTES_MAX) {
            throw new IllegalArgumentException("a datagram has at most 1200 bytes, not " + bytesMin);
        }
        int message = messageBytes(datagram);
        int size = sealed(datagram.header(), message);
        int padding = firstPadding(bytesMin - size);
        while (size < bytesMin) {
            int longer = sealed(datagram.header(), message + field(padding++));
            if (longer > Datagram.BYTES_MAX) {
                return size;
            }
            size = longer;
        }
        if (size > Datagram.BYTES_MAX) {
            throw new IllegalArgumentException("a datagram has at most 1200 bytes, not " + size);
        }
        return size;
    }

    /**
     * The first guess for the padding if a number of bytes is missing: padding also adds its tag and length, and longer length fields of
     * payload and body.
     */
    static int firstPadding(int bytesMissing) {
        return Math.max(1, bytesMissing - PADDING_OVERHEAD_BYTES);
    }

    /**
     * The largest datagram that answers a request, in bytes.
     *
     * @param contactsMax the most contacts that an answer names
     */
    public static int answerBytesMax(Message.Request request, int contactsMax) {
        return request.matchRequest(new Answers(contactsMax));
    }

    /** The bytes that a contact adds to a message: 27 with an IPv4 address, 39 with IPv6. */
    public static int of(Contact contact) {
        return PackedContacts.sizeOf(contact);
    }

    /** The bytes that a record adds to a message: 149 for a batch of one with an empty value, up to 273 with a proof, plus its value. */
    public static int of(SignedRecord record) {
        return field(ID_BYTES
                + field(statement(record.statement()))
                + number(record.index())
                + number(record.batchSize())
                + fieldUnlessEmpty(record.proof().size() * MerkleTree.NODE_BYTES)
                + SIGNATURE_BYTES);
    }

    /** The datagram with a payload of a given length. Zero fields are not written. */
    static int sealed(Header header, int payloadBytes) {
        int body = 2
                + 2
                + NetworkId.LENGTH_BYTES
                + fixed64(header.requestId())
                + PUBLIC_KEY_BYTES
                + (header.recipient() == null ? 0 : ID_BYTES)
                + fixed64(header.timeMillis())
                + fieldUnlessEmpty(payloadBytes)
                + (header.trace() == null ? 0 : TRACE_BYTES);
        return field(body) + SIGNATURE_BYTES;
    }

    private static int records(List<SignedRecord> records) {
        return records.stream().mapToInt(WireSizes::of).sum();
    }

    private static int contacts(List<Contact> contacts) {
        int bytes = 0;
        for (Contact contact : contacts) {
            bytes += of(contact);
        }
        return fieldUnlessEmpty(bytes);
    }

    private static int statement(Statement statement) {
        return number(statement.type().number())
                + PUBLIC_KEY_BYTES
                + fieldUnlessEmpty(statement.value().length)
                + fixed64(statement.sequence())
                + fixed64(statement.expiryMillis());
    }

    /** A length-prefixed field; all tags of the schemas have one byte. */
    private static int field(int bytes) {
        return TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
    }

    private static int fieldUnlessEmpty(int bytes) {
        return bytes == 0 ? 0 : field(bytes);
    }

    private static int number(int value) {
        return value == 0 ? 0 : TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(value);
    }

    private static int fixed64(long value) {
        return value == 0 ? 0 : FIXED64_BYTES;
    }

    /** The bytes of a message's own fields. */
    private static final class Bodies implements Message.Cases<Integer> {
        @Override
        public Integer ping(Message.Ping ping) {
            return 0;
        }

        @Override
        public Integer pong(Message.Pong pong) {
            return field(PackedContacts.sizeOf(pong.observed()));
        }

        @Override
        public Integer findNode(Message.FindNode find) {
            return ID_BYTES;
        }

        @Override
        public Integer nodes(Message.Nodes nodes) {
            return contacts(nodes.closest());
        }

        @Override
        public Integer findValue(Message.FindValue find) {
            return ID_BYTES + number(find.type().number()) + (find.after() == null ? 0 : ID_BYTES);
        }

        @Override
        public Integer values(Message.Values values) {
            return records(values.records()) + number(values.recordsHeld()) + contacts(values.closest());
        }

        @Override
        public Integer store(Message.Store store) {
            RecordBatch batch = store.batch();
            return field(statement(batch.statement()))
                    + field(batch.keys().size() * Id160.LENGTH_BYTES)
                    + SIGNATURE_BYTES;
        }

        @Override
        public Integer cache(Message.Cache cache) {
            return records(cache.records());
        }

        @Override
        public Integer stored(Message.Stored stored) {
            int observed = stored.observed() == null ? 0 : field(PackedContacts.sizeOf(stored.observed()));
            return number(stored.accepted()) + number(stored.refusal().number()) + observed;
        }

        @Override
        public Integer dialBack(Message.DialBack dialBack) {
            return number(dialBack.port()) + fixed64(dialBack.nonce());
        }

        @Override
        public Integer dialledBack(Message.DialledBack dialled) {
            return number(dialled.refusal().number()) + field(PackedContacts.sizeOf(dialled.observed()));
        }

        @Override
        public Integer knock(Message.Knock knock) {
            return 0;
        }
    }

    /** The largest datagram that answers a request, in bytes. */
    private record Answers(int contactsMax) implements Message.RequestCases<Integer> {
        @Override
        public Integer ping(Message.Ping ping) {
            return PONG_BYTES_MAX;
        }

        @Override
        public Integer findNode(Message.FindNode find) {
            return Math.min(Datagram.BYTES_MAX, ANSWER_OVERHEAD_BYTES + contactsMax * CONTACT_BYTES_MAX);
        }

        @Override
        public Integer findValue(Message.FindValue find) {
            return Datagram.BYTES_MAX;
        }

        @Override
        public Integer store(Message.Store store) {
            return STORED_BYTES_MAX;
        }

        @Override
        public Integer cache(Message.Cache cache) {
            return STORED_BYTES_MAX;
        }

        @Override
        public Integer dialBack(Message.DialBack dialBack) {
            return STORED_BYTES_MAX;
        }
    }
}
