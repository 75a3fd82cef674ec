package io.cairn.dht.wire;

import io.cairn.dht.id.FixedBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/** The network a message belongs to; a node answers only messages of its own. Eight bytes derived from the network's name. */
public final class NetworkId extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 8;

    private NetworkId(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a network id");
    }

    /** The id of a network by its name: the first eight bytes of the SHA-256 of its UTF-8. */
    public static NetworkId ofName(String name) {
        return new NetworkId(Arrays.copyOf(DigestUtils.sha256(name.getBytes(StandardCharsets.UTF_8)), LENGTH_BYTES));
    }

    /** The id of the private network with a name, whatever its key: of the name, a zero byte and {@code private}. */
    public static NetworkId ofPrivate(String name) {
        return ofName(name + "\0private");
    }

    /**
     * @param bytes exactly 8
     * @throws IllegalArgumentException if the length is not 8
     */
    public static NetworkId of(byte[] bytes) {
        return new NetworkId(bytes);
    }
}
