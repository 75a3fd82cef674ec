package io.cairn.dht.node.request;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Token;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The last token of each node that answered, for as long as its issuer surely accepts it. Open addressing in arrays of 20 bytes an entry.
 * Expired tokens are dropped when room is needed, so an idle node keeps a few dozen. Bounded: when there are too many, the oldest are
 * dropped.
 */
final class HeldTokens {
    private static final int CAPACITY_MIN = 16;
    private static final int SCATTER = 0x9e37_79b9;

    private final long lifetimeMillis;
    private final int max;
    private @Nullable Endpoint[] makers = {};
    private long[] tokens = {};
    private long[] sinceMillis = {};
    private int used;

    HeldTokens(KademliaLimits limits) {
        this.lifetimeMillis = limits.guard().tokenRotationMillis();
        this.max = limits.requests().tokensHeldMax();
    }

    void put(Endpoint maker, Token token, long nowMillis) {
        if (4 * used >= 3 * makers.length) {
            makeRoom(nowMillis);
        }
        put(maker, ByteBuffer.wrap(token.toBytes()).getLong(), nowMillis);
    }

    @Nullable
    Token of(Endpoint maker, long nowMillis) {
        if (used == 0) {
            return null;
        }
        int slot = slotOf(maker);
        return makers[slot] == null || nowMillis - sinceMillis[slot] >= lifetimeMillis
                ? null
                : Token.of(ByteBuffer.allocate(Token.LENGTH_BYTES)
                        .putLong(tokens[slot])
                        .array());
    }

    /** Tokens in memory, expired ones included. */
    int size() {
        return used;
    }

    private void put(Endpoint maker, long token, long atMillis) {
        int slot = slotOf(maker);
        used += makers[slot] == null ? 1 : 0;
        makers[slot] = maker;
        tokens[slot] = token;
        sinceMillis[slot] = atMillis;
    }

    private void makeRoom(long nowMillis) {
        long ageMillis = lifetimeMillis;
        while (youngerThan(ageMillis, nowMillis) >= max) {
            ageMillis /= 2;
        }
        int capacity = CAPACITY_MIN;
        while (capacity < 2 * (youngerThan(ageMillis, nowMillis) + 1)) {
            capacity *= 2;
        }
        @Nullable Endpoint[] formerMakers = makers;
        long[] formerTokens = tokens;
        long[] formerSince = sinceMillis;
        makers = new @Nullable Endpoint[capacity];
        tokens = new long[capacity];
        sinceMillis = new long[capacity];
        used = 0;
        for (int slot = 0; slot < formerMakers.length; slot++) {
            Endpoint maker = formerMakers[slot];
            if (maker != null && nowMillis - formerSince[slot] < ageMillis) {
                put(maker, formerTokens[slot], formerSince[slot]);
            }
        }
    }

    private int youngerThan(long ageMillis, long nowMillis) {
        int younger = 0;
        for (int slot = 0; slot < makers.length; slot++) {
            younger += makers[slot] != null && nowMillis - sinceMillis[slot] < ageMillis ? 1 : 0;
        }
        return younger;
    }

    /** The slot of an issuer, or the one it would get. There is always a free slot. */
    private int slotOf(Endpoint maker) {
        int mask = makers.length - 1;
        int slot = (maker.hashCode() * SCATTER >>> 8) & mask;
        while (makers[slot] != null && !maker.equals(makers[slot])) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
