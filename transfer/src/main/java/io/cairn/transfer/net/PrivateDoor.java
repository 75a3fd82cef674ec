package io.cairn.transfer.net;

import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.crypto.ReplayGuard;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.ConnectionGreeting;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;

/** Makes and judges the greetings of connections in a private network. Thread-safe. */
final class PrivateDoor {
    /** Most salts of one generation of the memory: only members can fill it. */
    private static final int SALTS_MAX = 1 << 15;

    private final NetworkKeys keys;
    private final NodeId own;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReplayGuard used;
    private final LongAdder turnedAway = new LongAdder();

    PrivateDoor(NetworkKeys keys, NodeId own, Clock clock) {
        this.keys = keys;
        this.own = own;
        this.clock = clock;
        this.used = new ReplayGuard(SALTS_MAX, clock.monotonicMillis());
    }

    /** What to send first on a connection to this node. */
    byte[] greeting(NodeId recipient) {
        byte[] bytes = new byte[ConnectionGreeting.SALT_BYTES + NetworkKey.CODE_BYTES];
        random.nextBytes(bytes);
        return ConnectionGreeting.to(recipient, keys, clock.wallMillis(), bytes).toBytes();
    }

    /**
     * Whether a member just sent this, to this node, for the first time.
     *
     * @param bytes {@link ConnectionGreeting#LENGTH_BYTES} of them
     */
    boolean opensFor(byte[] bytes) {
        ConnectionGreeting greeting = ConnectionGreeting.parse(bytes);
        long ageMillis = clock.wallMillis() - greeting.timeMillis();
        boolean isValid = greeting.isFor(own, keys)
                && ageMillis <= ReplayGuard.WINDOW_MILLIS
                && ageMillis >= -ReplayGuard.WINDOW_MILLIS
                && isNew(greeting.salt(), ageMillis);
        if (!isValid) {
            turnedAway.increment();
        }
        return isValid;
    }

    private boolean isNew(byte[] salt, long ageMillis) {
        long nowMillis = clock.monotonicMillis();
        synchronized (used) {
            return used.reaches(ageMillis, nowMillis) && used.isNew(salt, nowMillis);
        }
    }

    /** Connections whose greeting was wrong, stale or used, since the start. */
    long turnedAwayCount() {
        return turnedAway.sum();
    }
}
