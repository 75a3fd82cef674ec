package io.cairn.dht.node.answer;

import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;

/**
 * Limits the signatures checked over all addresses: since source addresses can be forged, a limit per address is not enough. When less than
 * half of the budget is left, addresses that ask often yield to those that ask rarely: the less is left, the smaller the part of its own
 * bucket an address may fill. A flood from a thousand addresses therefore keeps no other stranger out, and one from more addresses only
 * some of the time.
 */
final class SignatureBudget {
    /** While more than this part of the budget is left, every address is heard. */
    private static final double AMPLE = 0.5;

    /** Signatures an unproven address may ask for at once under contention: as many requests as a newcomer sends before it has a token. */
    private static final int UNPROVEN_BURST = 16;

    /** The time after which it may ask for one more: with the default limits, 4,000 addresses share the budget fairly. */
    private static final long UNPROVEN_NANOS = 4_000_000_000L;

    /** A proven address stays valid for a while, so it may use more: an eighth of the whole. */
    private static final int PROVEN_PART = 8;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final AddressRates shares;
    private final long signatureNanos;
    private final long fullNanos;
    private long emptyAtNanos = Long.MIN_VALUE;

    private SignatureBudget(AddressRates shares, int perSecond, int burst) {
        this.shares = shares;
        this.signatureNanos = NANOS_PER_SECOND / perSecond;
        this.fullNanos = signatureNanos * burst;
    }

    /** The budget of senders without a token. */
    static SignatureBudget ofUnproven(KademliaLimits limits) {
        KademliaLimits.Guard guard = limits.guard();
        AddressRates shares = new AddressRates(UNPROVEN_NANOS, UNPROVEN_BURST, guard.addressesTrackedMax());
        return new SignatureBudget(shares, guard.unprovenPerSecondMax(), guard.unprovenBurstMax());
    }

    /** The budget of senders whose token proves their address: twice the limit of one address, over all of them. */
    static SignatureBudget ofProven(KademliaLimits limits) {
        KademliaLimits.Guard guard = limits.guard();
        int perSecond = 2 * guard.requestsPerSecondMax();
        int burst = 2 * guard.requestsBurstMax();
        AddressRates shares = new AddressRates(
                NANOS_PER_SECOND * PROVEN_PART / perSecond, burst / PROVEN_PART, guard.addressesTrackedMax());
        return new SignatureBudget(shares, perSecond, burst);
    }

    /** Takes one signature from the budget; returns false if there is none for this address. */
    boolean allows(InetAddress address, long nowMillis) {
        long nowNanos = nowMillis * NANOS_PER_MILLI;
        long emptyNanos = Math.max(nowNanos, emptyAtNanos);
        long leftNanos = fullNanos - (emptyNanos - nowNanos);
        if (leftNanos < signatureNanos) {
            return false;
        }
        double left = (double) leftNanos / fullNanos;
        if (left >= AMPLE) {
            shares.count(address, nowMillis);
        } else if (!shares.allows(address, nowMillis, square(left / AMPLE))) {
            return false;
        }
        emptyAtNanos = emptyNanos + signatureNanos;
        return true;
    }

    private static double square(double number) {
        return number * number;
    }
}
