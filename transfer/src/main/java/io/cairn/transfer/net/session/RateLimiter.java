package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.swarm.peer.RateLimits;
import java.net.InetAddress;

/**
 * Keeps sessions within the user's rate limits. Returns how long to wait and never waits itself. Each session pays for its bytes when it
 * moves them and then waits until its bytes and all before them have used up the rate, so competing sessions take turns. A virtual clock
 * runs for the node and one for each session (Zhang, VirtualClock, 1990), equivalent to a token bucket. Thread-safe; costs one volatile
 * read where nothing is limited.
 */
public final class RateLimiter {
    private static final int PIECE_BYTES_MIN = 16 * 1024;

    private final Clock clock;
    private final VirtualClock up = new VirtualClock();
    private final VirtualClock down = new VirtualClock();
    private volatile RateLimits limits = RateLimits.NONE;

    RateLimiter(Clock clock) {
        this.clock = clock;
    }

    public void set(RateLimits wanted) {
        limits = wanted;
    }

    public RateLimits limits() {
        return limits;
    }

    /** The pace of one session. */
    Pace pace(InetAddress peer) {
        return new Pace(LanAddresses.isLan(peer));
    }

    /** The limits of one session. Thread-safe. */
    final class Pace {
        private final boolean lan;
        private final VirtualClock upOfPeer = new VirtualClock();
        private final VirtualClock downOfPeer = new VirtualClock();

        private Pace(boolean lan) {
            this.lan = lan;
        }

        /** Whether the peer is on the local network. */
        boolean isLan() {
            return lan;
        }

        /** How many bytes to send at once: few enough to take at most a twentieth of a second. */
        int piece(int most) {
            RateLimits now = limits;
            if (isFree(now)) {
                return most;
            }
            long rate = Math.min(
                    now.up() == 0 ? Long.MAX_VALUE : now.up(), now.upPerPeer() == 0 ? Long.MAX_VALUE : now.upPerPeer());
            return (int) Math.max(Math.min(most, PIECE_BYTES_MIN), Math.min(most, rate / 20));
        }

        /**
         * Pays for bytes sent now.
         *
         * @return milliseconds to send no more, 0 for none
         */
        long sent(int bytes) {
            RateLimits now = limits;
            return isFree(now) ? 0 : wait(bytes, up, now.up(), upOfPeer, now.upPerPeer());
        }

        /**
         * Pays for bytes received.
         *
         * @return milliseconds to read no more, 0 for none
         */
        long received(int bytes) {
            RateLimits now = limits;
            return isFree(now) ? 0 : wait(bytes, down, now.down(), downOfPeer, now.downPerPeer());
        }

        private boolean isFree(RateLimits now) {
            return now.isNone() || lan && !now.onLan();
        }

        private long wait(int bytes, VirtualClock ofNode, long rate, VirtualClock ofPeer, long ratePerPeer) {
            long nowMillis = clock.monotonicMillis();
            return Math.max(ofNode.pay(bytes, rate, nowMillis), ofPeer.pay(bytes, ratePerPeer, nowMillis));
        }
    }

    /** How far a rate has been used up. */
    private static final class VirtualClock {
        /** Unused time that may be caught up, in milliseconds: a timer may be late. */
        private static final long SLACK_MILLIS = 250;

        private double usedUpToMillis = Double.NEGATIVE_INFINITY;

        /** How many milliseconds the rate is used up after these bytes; 0 if it is not. */
        synchronized long pay(int bytes, long bytesPerSecond, long nowMillis) {
            if (bytesPerSecond == 0) {
                return 0;
            }
            usedUpToMillis = Math.max(usedUpToMillis, (double) (nowMillis - SLACK_MILLIS))
                    + 1000.0 * bytes / (double) bytesPerSecond;
            return Math.max(0, (long) Math.ceil(usedUpToMillis - (double) nowMillis));
        }
    }
}
