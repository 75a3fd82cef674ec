package io.cairn.dht.id;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.apache.commons.codec.digest.DigestUtils;

/** Names data: the SHA-1 of a chunk, or of the bytes of a manifest (the hash of a share, a BitTorrent infohash). */
public final class Key extends Id160 {
    private Key(byte[] bytes) {
        super(bytes);
    }

    Key(long high, long middle, int low) {
        super(high, middle, low);
    }

    /**
     * @param bytes exactly 20, most significant first
     * @throws IllegalArgumentException if the length is not 20
     */
    public static Key of(byte[] bytes) {
        return new Key(bytes);
    }

    /** The same point as a key: the target for a look-up of a node's neighbourhood. */
    public static Key at(Id160 point) {
        return point instanceof Key key ? key : new Key(point.toBytes());
    }

    /**
     * @param hex 40 hexadecimal digits, either case
     * @throws IllegalArgumentException if it is anything else
     */
    public static Key fromHex(String hex) {
        return new Key(decodeHex(hex));
    }

    /** The SHA-1 of some content. For large content, feed a {@link MessageDigest} and use {@link #of}. */
    public static Key ofContent(byte[] content) {
        return new Key(DigestUtils.sha1(content));
    }

    /** A uniformly distributed key. */
    public static Key random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH_BYTES];
        random.nextBytes(bytes);
        return new Key(bytes);
    }
}
