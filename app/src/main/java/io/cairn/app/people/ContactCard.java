package io.cairn.app.people;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a person hands over so that another can make a contact of its node, as one word without characters that a shell or a chat changes:
 * {@code cairn-contact:ID:REST}. REST is base64url (RFC 4648, section 5, no padding) of a version byte 1, the 32 bytes of the public key, of
 * each address its length (4 or 16), its bytes and its port (2 bytes), and the first four bytes of the SHA-256 of {@code ID:} and all of
 * that before. It has no name: what a node calls itself is never trusted.
 *
 * @param addresses where the node could be reached when the card was made; at most {@value #ADDRESSES_MAX}, none that only its own machine or
 *     link understands
 */
public record ContactCard(PublicKey key, List<Endpoint> addresses) {
    /** What each card begins with. */
    public static final String SCHEME = "cairn-contact:";

    /** Most addresses on a card: it still fits a line of a chat. */
    public static final int ADDRESSES_MAX = 4;

    /** Longest card, in characters: with four addresses of IPv6 it has 205. */
    public static final int CHARACTERS_MAX = 256;

    private static final byte VERSION = 1;
    private static final int SUM_BYTES = 4;
    private static final int PORT_BYTES = 2;
    private static final Pattern FORM = Pattern.compile("cairn-contact:([0-9a-fA-F]{40}):([A-Za-z0-9_-]+)");

    public ContactCard {
        addresses = List.copyOf(addresses);
        if (addresses.size() > ADDRESSES_MAX) {
            throw new IllegalArgumentException("a card has at most " + ADDRESSES_MAX + " addresses");
        }
    }

    /** The card of a node, with those of its addresses that mean something elsewhere, the best first. */
    public static ContactCard of(PublicKey key, List<Endpoint> addresses) {
        return new ContactCard(
                key,
                addresses.stream()
                        .filter(ContactCard::isUsefulElsewhere)
                        .limit(ADDRESSES_MAX)
                        .toList());
    }

    private static boolean isUsefulElsewhere(Endpoint address) {
        return switch (AddressScope.of(address.address())) {
            case SITE, WORLD -> true;
            case MACHINE, LINK, NOWHERE -> false;
        };
    }

    /** Whether a text means to be a card. */
    public static boolean looksLikeOne(String text) {
        return text.strip().startsWith(SCHEME);
    }

    /**
     * Reads a card, with white space around it.
     *
     * @throws CairnException of kind USAGE if it is none, was changed on its way, or if its key is not that of its id
     */
    public static ContactCard parse(String text) throws CairnException {
        String word = text.strip();
        Matcher parts = FORM.matcher(word);
        if (word.length() > CHARACTERS_MAX || !parts.matches()) {
            throw wrong("it is not " + SCHEME + " with an id and what follows it");
        }
        String id = parts.group(1).toLowerCase(Locale.ROOT);
        ByteBuffer bytes = checked(id, parts.group(2));
        if (bytes.get() != VERSION) {
            throw wrong("another version of this program made it");
        }
        try {
            byte[] key = new byte[PublicKey.LENGTH_BYTES];
            bytes.get(key);
            ContactCard card = new ContactCard(PublicKey.of(key), addresses(bytes));
            if (!card.node().toHex().equals(id)) {
                throw wrong("its key is not the key of the id " + id);
            }
            return card;
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw wrong("its parts are not a key and addresses");
        }
    }

    /** The node's id. */
    public NodeId node() {
        return key.nodeId();
    }

    /** The card as one word. */
    @Override
    public String toString() {
        int length = 1 + PublicKey.LENGTH_BYTES + SUM_BYTES;
        for (Endpoint address : addresses) {
            length += 1 + address.addressBytes().length + PORT_BYTES;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).put(VERSION).put(key.toBytes());
        for (Endpoint address : addresses) {
            byte[] host = address.addressBytes();
            bytes.put((byte) host.length).put(host).putShort((short) address.port());
        }
        String id = node().toHex();
        bytes.put(sum(id, bytes.array(), length - SUM_BYTES));
        return SCHEME + id + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static ByteBuffer checked(String id, String rest) throws CairnException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(rest);
        } catch (IllegalArgumentException notBase64) {
            throw wrong("its end is cut off or changed");
        }
        int length = bytes.length - SUM_BYTES;
        if (length < 1 || !ByteBuffer.wrap(sum(id, bytes, length)).equals(ByteBuffer.wrap(bytes, length, SUM_BYTES))) {
            throw wrong("a part of it is missing or changed: its check digits do not match");
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private static List<Endpoint> addresses(ByteBuffer bytes) {
        List<Endpoint> addresses = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] host = new byte[Byte.toUnsignedInt(bytes.get())];
            bytes.get(host);
            addresses.add(Endpoint.of(host, Short.toUnsignedInt(bytes.getShort())));
        }
        return addresses;
    }

    private static byte[] sum(String id, byte[] bytes, int length) {
        byte[] digest = DigestUtils.sha256(ByteBuffer.allocate(id.length() + 1 + length)
                .put((id + ":").getBytes(StandardCharsets.US_ASCII))
                .put(bytes, 0, length)
                .array());
        return Arrays.copyOf(digest, SUM_BYTES);
    }

    private static CairnException wrong(String why) {
        return new CairnException(
                Kind.USAGE, "not a contact card", why, "copy the whole line that the other machine printed");
    }
}
