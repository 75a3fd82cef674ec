package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import java.net.Inet4Address;
import java.util.List;

/**
 * What messages cost on the wire, by arithmetic: never less than they truly cost, and at most a few bytes more. So an answer can
 * be cut to its budget before it is encoded and signed, and a simulation knows sizes without encoding at all.
 */
public final class MessageSize {
    /** Most contacts in one message. */
    public static final int CONTACTS_MAX = 32;

    /** Most records in one message. */
    public static final int RECORDS_MAX = 8;

    private static final int TAG_BYTES = 1;
    private static final int FIELD_BYTES = TAG_BYTES + 1;
    private static final int LONG_FIELD_BYTES = TAG_BYTES + 2;
    private static final int FIXED64_BYTES = TAG_BYTES + 8;
    private static final int ID_BYTES = FIELD_BYTES + Id160.LENGTH_BYTES;
    private static final int KEY_BYTES = FIELD_BYTES + 32;
    private static final int SIGNATURE_BYTES = FIELD_BYTES + 64;
    private static final int TOKEN_BYTES = FIELD_BYTES + Token.LENGTH_BYTES;
    private static final int PROOF_NODE_BYTES = 20;

    private static final int ENVELOPE_BYTES = LONG_FIELD_BYTES // around the body
            + 2 // version
            + FIELD_BYTES
            + NetworkId.LENGTH_BYTES
            + FIXED64_BYTES // request id
            + KEY_BYTES
            + ID_BYTES
            + FIXED64_BYTES // time
            + LONG_FIELD_BYTES // around the payload
            + SIGNATURE_BYTES;

    private static final int NUMBER_BYTES = TAG_BYTES + 5;

    /** A PING with a recipient. */
    static final int PING_BYTES = of(new Message.Ping());

    private MessageSize() {}

    /** A datagram with this message and a token, in bytes of UDP payload. */
    public static int of(Message message) {
        return ENVELOPE_BYTES + TOKEN_BYTES + LONG_FIELD_BYTES + body(message);
    }

    /** What a contact adds to a message. */
    static int of(Contact contact) {
        return Id160.LENGTH_BYTES + of(contact.endpoint());
    }

    /** What a record adds to a message. */
    static int of(SignedRecord record) {
        List<byte[]> proof = record.proof();
        return LONG_FIELD_BYTES
                + ID_BYTES
                + of(record.statement())
                + 2 * (TAG_BYTES + 1)
                + (proof.isEmpty() ? 0 : FIELD_BYTES + PROOF_NODE_BYTES * proof.size())
                + SIGNATURE_BYTES;
    }

    /** How long the answer to a request may become if all goes well: what its asker has to make room for. */
    static int ofHopedAnswer(Message.Request request, int k) {
        if (request instanceof Message.FindValue) {
            return Datagram.BYTES_MAX;
        }
        if (request instanceof Message.FindNode) {
            int contact = Id160.LENGTH_BYTES + 1 + 16 + 2;
            return Math.min(Datagram.BYTES_MAX, of(new Message.Nodes(List.of())) + k * contact);
        }
        return 0;
    }

    private static int body(Message message) {
        if (message instanceof Message.Pong pong) {
            return FIELD_BYTES + of(pong.observed());
        } else if (message instanceof Message.FindNode) {
            return ID_BYTES;
        } else if (message instanceof Message.Nodes nodes) {
            return LONG_FIELD_BYTES + sum(nodes.closest());
        } else if (message instanceof Message.FindValue) {
            return ID_BYTES + 2;
        } else if (message instanceof Message.Values values) {
            int records = values.records().stream().mapToInt(MessageSize::of).sum();
            return records + NUMBER_BYTES + LONG_FIELD_BYTES + sum(values.closest());
        } else if (message instanceof Message.Store store) {
            int keys = store.batch().keys().size() * Id160.LENGTH_BYTES;
            return of(store.batch().statement()) + LONG_FIELD_BYTES + keys + SIGNATURE_BYTES;
        } else if (message instanceof Message.Stored) {
            return 2 + 2;
        }
        return 0;
    }

    private static int sum(List<Contact> contacts) {
        return contacts.stream().mapToInt(MessageSize::of).sum();
    }

    private static int of(Statement statement) {
        return LONG_FIELD_BYTES + 2 + KEY_BYTES + LONG_FIELD_BYTES + statement.value().length + 2 * FIXED64_BYTES;
    }

    private static int of(Endpoint endpoint) {
        return 1 + (endpoint.address() instanceof Inet4Address ? 4 : 16) + 2;
    }
}
