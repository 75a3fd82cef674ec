package io.cairn.dht.wire;

import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a {@link RecordType#VALUE} record: the digest of its name, then its content. The digest lets a holder check that the key
 * belongs to the publisher, so nobody else can take the place of a value, and does not tell the holder the name.
 *
 * @param name the SHA-1 of the name in UTF-8
 * @param content 0 to {@link #CONTENT_BYTES_MAX} bytes. Not copied
 */
public record NamedValue(Key name, byte[] content) {
    /** Longest content in bytes. */
    public static final int CONTENT_BYTES_MAX = 512;

    private static final byte[] DOMAIN = "cairn-value-1".getBytes(StandardCharsets.US_ASCII);

    public NamedValue {
        if (content.length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a value has at most " + CONTENT_BYTES_MAX + " bytes, not " + content.length);
        }
    }

    /** The digest of a name. */
    public static Key digestOf(String name) {
        return Key.ofContent(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The key of a publisher's value: SHA-1 of the domain, the publisher's id and the digest of the name. */
    public static Key keyOf(NodeId publisher, Key name) {
        return Key.ofContent(ByteBuffer.allocate(DOMAIN.length + 2 * Id160.LENGTH_BYTES)
                .put(DOMAIN)
                .put(publisher.toBytes())
                .put(name.toBytes())
                .array());
    }

    /**
     * @throws MalformedException if it is too short or too long
     */
    public static NamedValue decode(byte[] value) throws MalformedException {
        if (value.length < Id160.LENGTH_BYTES || value.length > Id160.LENGTH_BYTES + CONTENT_BYTES_MAX) {
            throw new MalformedException("a named value of " + value.length + " bytes");
        }
        return new NamedValue(
                Key.of(Arrays.copyOf(value, Id160.LENGTH_BYTES)),
                Arrays.copyOfRange(value, Id160.LENGTH_BYTES, value.length));
    }

    /** The bytes of the record's value. */
    public byte[] encode() {
        return ByteBuffer.allocate(Id160.LENGTH_BYTES + content.length)
                .put(name.toBytes())
                .put(content)
                .array();
    }
}
