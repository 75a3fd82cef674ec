package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.swarm.peer.RateLimits;
import java.net.InetAddress;

/**
 * Holds sessions to the rates that the user set. Says how long to wait and never waits itself. Each session pays for its bytes when it
 * moves them and then waits for the moment up to which all before it, and itself, have used up the rate: so those who compete take
 * turns. A virtual clock runs for the node and one for each session (Zhang, VirtualClock, 1990), which comes to a token bucket.
 * Thread-safe; costs one volatile read where nothing is limited.
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

    /** What one session may do. Thread-safe. */
    final class Pace {
        private final boolean lan;
        private final VirtualClock upOfPeer = new VirtualClock();
        private final VirtualClock downOfPeer = new VirtualClock();

        private Pace(boolean lan) {
            this.lan = lan;
        }

        /** Whether the peer is of the local network. */
        boolean isLan() {
            return lan;
        }

        /** How many bytes to send at once: so few that they take no longer than a twentieth of a second. */
        int piece(int most) {
            RateLimits now = limits;
            if (isFree(now)) {
                return most;
            }
            long rate = Math.min(
                    now.up() == 0 ? Long.MAX_VALUE : now.up(), now.upPerPeer() == 0 ? Long.MAX_VALUE : now.upPerPeer());
            return (int) Math.max(Math.min(most, PIECE_BYTES_MIN), Math.min(most, rate / 20));
        }

        /** Pays for bytes that are sent now; for how many milliseconds to send no more, 0 for none. */
        long sent(int bytes) {
            RateLimits now = limits;
            return isFree(now) ? 0 : wait(bytes, up, now.up(), upOfPeer, now.upPerPeer());
        }

        /** Pays for bytes that have been received; for how many milliseconds to read no more, 0 for none. */
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
        /** What was not used of this time, in milliseconds, may be caught up with: a timer may come late. */
        private static final long SLACK_MILLIS = 250;

        private double usedUpToMillis = Double.NEGATIVE_INFINITY;

        /** Until when the rate is used up after these bytes, in milliseconds from now; 0 if it is not. */
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
