package io.cairn.transfer.protocol;

import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The first bytes of a connection in a private network, before TLS: a salt of 16 bytes, the time in milliseconds since 1970 (8 bytes), and
 * two codes of 32 bytes. A code is an HMAC-SHA-256 over salt, time and the recipient's node id, so that a greeting serves for one node and
 * a few minutes. With one key the second code is random; with two there is a code for each.
 *
 * @param salt 16 bytes; not copied
 * @param timeMillis the dialler's clock
 * @param codes 64 bytes; not copied
 */
public record ConnectionGreeting(byte[] salt, long timeMillis, byte[] codes) {
    /** Length of a salt in bytes. */
    public static final int SALT_BYTES = 16;

    /** Length of a greeting in bytes. */
    public static final int LENGTH_BYTES = SALT_BYTES + Long.BYTES + NetworkKeys.KEYS_MAX * NetworkKey.CODE_BYTES;

    private static final byte[] DOMAIN = "cairn-greeting-1".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param random {@value #SALT_BYTES} bytes for the salt, then 32 in place of the code of a second key
     */
    public static ConnectionGreeting to(NodeId recipient, NetworkKeys keys, long timeMillis, byte[] random) {
        byte[] salt = Arrays.copyOf(random, SALT_BYTES);
        byte[] codes = new byte[NetworkKeys.KEYS_MAX * NetworkKey.CODE_BYTES];
        System.arraycopy(random, SALT_BYTES, codes, NetworkKey.CODE_BYTES, NetworkKey.CODE_BYTES);
        byte[] message = message(salt, timeMillis, recipient);
        for (int i = 0; i < keys.all().size(); i++) {
            byte[] code = keys.all().get(i).greetingCode(message);
            System.arraycopy(code, 0, codes, i * NetworkKey.CODE_BYTES, NetworkKey.CODE_BYTES);
        }
        return new ConnectionGreeting(salt, timeMillis, codes);
    }

    /**
     * @param bytes {@value #LENGTH_BYTES} of them; any are a greeting, which need not be valid
     */
    public static ConnectionGreeting parse(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        byte[] salt = new byte[SALT_BYTES];
        from.get(salt);
        long timeMillis = from.getLong();
        byte[] codes = new byte[from.remaining()];
        from.get(codes);
        return new ConnectionGreeting(salt, timeMillis, codes);
    }

    /** {@value #LENGTH_BYTES} bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH_BYTES)
                .put(salt)
                .putLong(timeMillis)
                .put(codes)
                .array();
    }

    /** Whether a member made it for this recipient. Its time, and whether its salt was used before, are still to be checked. */
    public boolean isFor(NodeId recipient, NetworkKeys keys) {
        byte[] message = message(salt, timeMillis, recipient);
        boolean isValid = false;
        for (NetworkKey key : keys.all()) {
            byte[] expected = key.greetingCode(message);
            for (int at = 0; at < codes.length; at += NetworkKey.CODE_BYTES) {
                isValid |= MessageDigest.isEqual(expected, Arrays.copyOfRange(codes, at, at + NetworkKey.CODE_BYTES));
            }
        }
        return isValid;
    }

    private static byte[] message(byte[] salt, long timeMillis, NodeId recipient) {
        return ByteBuffer.allocate(DOMAIN.length + SALT_BYTES + Long.BYTES + NodeId.LENGTH_BYTES)
                .put(DOMAIN)
                .put(salt)
                .putLong(timeMillis)
                .put(recipient.toBytes())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionGreeting that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }
}
