package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A compact encoding of contacts and endpoints: an endpoint is the length of its address in one byte (4 or 16), the address, and the port
 * in two bytes; a contact is its node id and its endpoint. Together 27 bytes with IPv4, 39 with IPv6.
 */
final class PackedContacts {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private PackedContacts() {}

    static int sizeOf(Endpoint endpoint) {
        return 1 + (endpoint.isIpv6() ? IPV6_BYTES : IPV4_BYTES) + 2;
    }

    static int sizeOf(Contact contact) {
        return Id160.LENGTH_BYTES + sizeOf(contact.endpoint());
    }

    static ByteString pack(Endpoint endpoint) {
        ByteBuffer out = ByteBuffer.allocate(sizeOf(endpoint));
        put(out, endpoint);
        return ByteString.copyFrom(out.flip());
    }

    static ByteString pack(List<Contact> contacts) {
        ByteBuffer out = ByteBuffer.allocate(
                contacts.stream().mapToInt(PackedContacts::sizeOf).sum());
        for (Contact contact : contacts) {
            out.put(contact.id().toBytes());
            put(out, contact.endpoint());
        }
        return ByteString.copyFrom(out.flip());
    }

    static Endpoint unpackEndpoint(ByteString packed) throws MalformedException {
        ByteBuffer in = packed.asReadOnlyByteBuffer();
        Endpoint endpoint = takeEndpoint(in);
        if (in.hasRemaining()) {
            throw new MalformedException(in.remaining() + " bytes after an endpoint");
        }
        return endpoint;
    }

    static List<Contact> unpack(ByteString packed) throws MalformedException {
        ByteBuffer in = packed.asReadOnlyByteBuffer();
        List<Contact> contacts = new ArrayList<>();
        while (in.hasRemaining()) {
            if (contacts.size() == WireSizes.CONTACTS_MAX) {
                throw new MalformedException("more than " + WireSizes.CONTACTS_MAX + " contacts");
            }
            contacts.add(new Contact(NodeId.of(take(in, Id160.LENGTH_BYTES)), takeEndpoint(in)));
        }
        return contacts;
    }

    private static void put(ByteBuffer out, Endpoint endpoint) {
        byte[] address = endpoint.addressBytes();
        out.put((byte) address.length).put(address).putShort((short) endpoint.port());
    }

    private static Endpoint takeEndpoint(ByteBuffer in) throws MalformedException {
        int length = take(in, 1)[0];
        if (length != IPV4_BYTES && length != IPV6_BYTES) {
            throw new MalformedException("an address has 4 or 16 bytes, not " + length);
        }
        byte[] address = take(in, length);
        int port = ByteBuffer.wrap(take(in, 2)).getShort() & 0xffff;
        if (port == 0) {
            throw new MalformedException("no port");
        }
        Endpoint endpoint = Endpoint.of(address, port);
        if (endpoint.addressBytes().length != length) {
            throw new MalformedException("an IPv4 address in the form of IPv6");
        }
        return endpoint;
    }

    private static byte[] take(ByteBuffer in, int count) throws MalformedException {
        if (in.remaining() < count) {
            throw new MalformedException("cut short: " + count + " bytes expected, " + in.remaining() + " left");
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }
}
