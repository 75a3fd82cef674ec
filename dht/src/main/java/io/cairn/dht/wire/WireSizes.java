package io.cairn.dht.wire;

import com.google.protobuf.CodedOutputStream;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.wire.proto.DhtMessage;

/**
 * What things cost in a datagram, so that an answer can be cut to a budget before it is encoded and signed. An answer fits if
 * {@link #ANSWER_OVERHEAD_BYTES} and the sizes of its records and contacts together are no more than the budget.
 */
public final class WireSizes {
    /** Most contacts in one message: what fits beside an envelope is a few more, what Kademlia asks for (k) is fewer. */
    public static final int CONTACTS_MAX = 32;

    /** Most records in one message: more do not fit a datagram even with empty values. */
    public static final int RECORDS_MAX = 8;

    /** An envelope with a recipient around a payload of at least 128 bytes; around a shorter one it is one or two bytes less. */
    public static final int ENVELOPE_BYTES = 3 // tag and length of the body
            + 2 // version
            + 2
            + NetworkId.LENGTH_BYTES
            + 9 // request id
            + 2
            + PublicKey.LENGTH_BYTES
            + 2
            + Id160.LENGTH_BYTES // recipient
            + 9 // time
            + 3 // tag and length of the payload
            + 2
            + Signature.LENGTH_BYTES;

    /** A token in a message. */
    public static final int TOKEN_BYTES = 2 + Token.LENGTH_BYTES;

    /** The most that a NODES or VALUES datagram costs beside its records and contacts: envelope, token, the message's own fields. */
    public static final int ANSWER_OVERHEAD_BYTES = ENVELOPE_BYTES
            + TOKEN_BYTES
            + 3 // tag and length of the message
            + 6 // count of records held
            + 3; // tag and length of the contacts

    /** What the datagram of a PONG costs at most: it names an IPv6 endpoint. */
    public static final int PONG_BYTES_MAX = ENVELOPE_BYTES - 2 + TOKEN_BYTES + 2 + 2 + 19;

    private WireSizes() {}

    /** What a contact adds to a message: 27 bytes with an IPv4 address, 39 with IPv6. */
    public static int of(Contact contact) {
        return PackedContacts.sizeOf(contact);
    }

    /** What a record adds to a message in bytes: 149 for a batch of one with an empty value, up to 253 with a proof, and its value. */
    public static int of(SignedRecord record) {
        return CodedOutputStream.computeMessageSize(DhtMessage.Values.RECORDS_FIELD_NUMBER, RecordCodec.encode(record));
    }

    /**
     * The size in bytes of the datagram with this message and without a token; {@link #TOKEN_BYTES} more with one. At most two bytes more
     * than it truly is where the payload is shorter than 128 bytes.
     */
    public static int of(Message message) {
        return ENVELOPE_BYTES + MessageCodec.encode(null, message).getSerializedSize();
    }
}
