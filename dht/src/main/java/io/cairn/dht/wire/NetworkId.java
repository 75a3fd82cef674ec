package io.cairn.dht.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Which network a message belongs to; a node answers only those of its own. Eight bytes derived from the network's name. */
public final class NetworkId {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 8;

    private final byte[] bytes;

    private NetworkId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The id of the network with a name: the first eight bytes of the SHA-256 of its UTF-8. */
    public static NetworkId ofName(String name) {
        return new NetworkId(Arrays.copyOf(DigestUtils.sha256(name.getBytes(StandardCharsets.UTF_8)), LENGTH_BYTES));
    }

    /**
     * @param bytes exactly 8
     * @throws IllegalArgumentException if the length is another
     */
    public static NetworkId of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a network id has 8 bytes, not " + bytes.length);
        }
        return new NetworkId(bytes.clone());
    }

    /** A copy of the eight bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.encodeHexString(bytes);
    }
}
