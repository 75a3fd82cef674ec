package io.cairn.dht.node.answer;

import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;

/**
 * How many signatures are checked over all addresses: source addresses can be forged, so a bound for each bounds nothing. While less than
 * half is left, an address that asks often waits for those that asked rarely: it may fill the smaller a part of its own bucket, the less
 * is left. So a flood from a thousand addresses keeps no other stranger out, and one from more only some of the time.
 */
final class SignatureBudget {
    /** Above what is left of the whole, everybody is heard. */
    private static final double AMPLE = 0.5;

    /** Signatures that an unproven address may ask for at once while others wait: what a newcomer sends until it has a token. */
    private static final int UNPROVEN_BURST = 16;

    /** In which it may ask for one more: with the usual limits, 4,000 addresses share the budget fairly. */
    private static final long UNPROVEN_NANOS = 4_000_000_000L;

    /** A proven address works for a while, and may ask for more: an eighth of the whole. */
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

    /** For those who have shown no token. */
    static SignatureBudget ofUnproven(KademliaLimits limits) {
        KademliaLimits.Guard guard = limits.guard();
        AddressRates shares = new AddressRates(UNPROVEN_NANOS, UNPROVEN_BURST, guard.addressesTrackedMax());
        return new SignatureBudget(shares, guard.unprovenPerSecondMax(), guard.unprovenBurstMax());
    }

    /** For those who receive at their address, as their token shows: twice what one address may ask, over all. */
    static SignatureBudget ofProven(KademliaLimits limits) {
        KademliaLimits.Guard guard = limits.guard();
        int perSecond = 2 * guard.requestsPerSecondMax();
        int burst = 2 * guard.requestsBurstMax();
        AddressRates shares = new AddressRates(
                NANOS_PER_SECOND * PROVEN_PART / perSecond, burst / PROVEN_PART, guard.addressesTrackedMax());
        return new SignatureBudget(shares, perSecond, burst);
    }

    /** Takes one from the budget, and says whether there was one for this address. */
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
