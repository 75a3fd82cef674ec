package io.cairn.dht.kad;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Token;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes and checks the tokens by which an asker proves that it receives at its address: the start of SHA-256 over a secret, the
 * endpoint and the time window (BEP 5 calls for the like). Keeps nothing per asker. About half a microsecond each.
 */
public final class WriteTokens {
    private static final int SECRET_BYTES = 32;

    private final byte[] secret = new byte[SECRET_BYTES];
    private final long windowMillis;

    public WriteTokens(RandomGenerator random, KademliaLimits limits) {
        random.nextBytes(secret);
        this.windowMillis = limits.guard().tokenRotationMillis();
    }

    /**
     * @param nowMillis monotonic
     */
    public Token issue(Endpoint endpoint, long nowMillis) {
        return Token.of(token(endpoint, window(nowMillis)));
    }

    /** Whether this token was given to this endpoint in this window or the one before. */
    public boolean accepts(Token token, Endpoint endpoint, long nowMillis) {
        byte[] given = token.toBytes();
        long window = window(nowMillis);
        return MessageDigest.isEqual(given, token(endpoint, window))
                || MessageDigest.isEqual(given, token(endpoint, window - 1));
    }

    private long window(long nowMillis) {
        return Math.floorDiv(nowMillis, windowMillis);
    }

    private byte[] token(Endpoint endpoint, long window) {
        byte[] address = endpoint.addressBytes();
        byte[] input = ByteBuffer.allocate(SECRET_BYTES + address.length + 2 + 8)
                .put(secret)
                .put(address)
                .putShort((short) endpoint.port())
                .putLong(window)
                .array();
        return Arrays.copyOf(DigestUtils.sha256(input), Token.LENGTH_BYTES);
    }
}
