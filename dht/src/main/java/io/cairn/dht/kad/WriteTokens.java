package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Token;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * Makes and checks the tokens by which an asker proves that it receives at its address: {@link SipHash}, keyed with a secret, of its
 * endpoint, its id and the time window (BEP 5 requires something similar). Another id at the same endpoint must ask for its own token.
 * Keeps no state per asker. Every answer carries a token, so it must be almost free.
 */
public final class WriteTokens {
    private static final int IPV6_BYTES = 16;
    private static final int HASHED_BYTES = 3 * Long.BYTES + 3;

    private final SipHash hash;
    private final long windowMillis;

    public WriteTokens(RandomGenerator random, KademliaLimits limits) {
        this.hash = new SipHash(random);
        this.windowMillis = limits.guard().tokenRotationMillis();
    }

    /**
     * @param nowMillis monotonic
     */
    public Token issue(Contact asker, long nowMillis) {
        return Token.of(token(asker, window(nowMillis)));
    }

    /** Whether this token was issued to this asker in this window or the one before. */
    public boolean accepts(Token token, Contact asker, long nowMillis) {
        byte[] given = token.toBytes();
        long window = window(nowMillis);
        return MessageDigest.isEqual(given, token(asker, window))
                || MessageDigest.isEqual(given, token(asker, window - 1));
    }

    private long window(long nowMillis) {
        return Math.floorDiv(nowMillis, windowMillis);
    }

    /** An IPv4 address is padded with zeros; a byte distinguishes it from the IPv6 address with the same bytes. */
    private byte[] token(Contact asker, long window) {
        Endpoint endpoint = asker.endpoint();
        ByteBuffer address = ByteBuffer.allocate(IPV6_BYTES);
        address.put(endpoint.addressBytes());
        long last = (long) HASHED_BYTES << 56 | (endpoint.isIpv6() ? 1L << 16 : 0) | endpoint.port();
        long ofEndpoint = hash.of(address.getLong(0), address.getLong(Long.BYTES), window, last);
        ByteBuffer id = ByteBuffer.wrap(asker.id().toBytes());
        long lastOfId =
                (long) (Long.BYTES + NodeId.LENGTH_BYTES) << 56 | Integer.toUnsignedLong(id.getInt(2 * Long.BYTES));
        long value = hash.of(ofEndpoint, id.getLong(0), id.getLong(Long.BYTES), lastOfId);
        return ByteBuffer.allocate(Token.LENGTH_BYTES).putLong(value).array();
    }
}
