package io.cairn.dht.node.answer;

import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;

/**
 * Limits the rate of requests per address. Each IPv4 address or IPv6 /64 has a bucket that a request fills by one and that leaks at a fixed
 * rate (the generic cell rate algorithm, whose only state is the time at which the bucket is empty). An empty bucket equals none and is
 * dropped when room is needed, so an idle node keeps about a dozen. When there are too many, the emptiest are dropped.
 */
final class AddressRates {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int CAPACITY_MIN = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SCATTER = 0x9e37_79b9_7f4a_7c15L;
    private static final long NOBODY = 0;

    /** Keeps IPv4 addresses distinct from IPv6 networks, none of which starts like this, and from the empty slot. */
    private static final long IPV4_MARK = 1L << 32;

    private final long requestNanos;
    private final long fullNanos;
    private final int max;
    private long[] sources = {};
    private long[] emptyAtNanos = {};
    private int used;

    AddressRates(KademliaLimits limits) {
        this(
                1_000_000_000L / limits.guard().requestsPerSecondMax(),
                limits.guard().requestsBurstMax(),
                limits.guard().addressesTrackedMax());
    }

    /**
     * @param requestNanos time in which a bucket leaks one request
     * @param burst requests that a bucket holds
     * @param max addresses whose buckets are kept
     */
    AddressRates(long requestNanos, int burst, int max) {
        this.requestNanos = requestNanos;
        this.fullNanos = requestNanos * burst;
        this.max = max;
    }

    /** Counts a request and returns whether it fits the bucket and may be heard. */
    boolean allows(InetAddress address, long nowMillis) {
        return allows(address, nowMillis, fullNanos);
    }

    /**
     * The same with only a part of the bucket usable.
     *
     * @param part from 0, where the bucket must be empty, to 1
     */
    boolean allows(InetAddress address, long nowMillis, double part) {
        return allows(address, nowMillis, requestNanos + Math.round(part * (fullNanos - requestNanos)));
    }

    /** Counts a request that is heard in any case; a full bucket overflows. */
    void count(InetAddress address, long nowMillis) {
        if (!allows(address, nowMillis)) {
            put(sourceOf(address), nowMillis * NANOS_PER_MILLI + fullNanos);
        }
    }

    private boolean allows(InetAddress address, long nowMillis, long mostNanos) {
        long nowNanos = nowMillis * NANOS_PER_MILLI;
        if (4 * used >= 3 * sources.length) {
            makeRoom(nowNanos);
        }
        long source = sourceOf(address);
        int slot = slotOf(source);
        long emptyNanos = sources[slot] == NOBODY ? nowNanos : Math.max(nowNanos, emptyAtNanos[slot]);
        if (emptyNanos + requestNanos - nowNanos > mostNanos) {
            return false;
        }
        put(source, emptyNanos + requestNanos);
        return true;
    }

    /** Addresses in memory. */
    int addressesTracked() {
        return used;
    }

    private void put(long source, long emptyNanos) {
        int slot = slotOf(source);
        used += sources[slot] == NOBODY ? 1 : 0;
        sources[slot] = source;
        emptyAtNanos[slot] = emptyNanos;
    }

    private void makeRoom(long nowNanos) {
        long dropUntilNanos = nowNanos;
        while (emptyAfter(dropUntilNanos) >= max) {
            dropUntilNanos += fullNanos / 8;
        }
        int capacity = CAPACITY_MIN;
        while (capacity < 2 * (emptyAfter(dropUntilNanos) + 1)) {
            capacity *= 2;
        }
        long[] formerSources = sources;
        long[] formerEmpty = emptyAtNanos;
        sources = new long[capacity];
        emptyAtNanos = new long[capacity];
        used = 0;
        for (int slot = 0; slot < formerSources.length; slot++) {
            if (formerSources[slot] != NOBODY && formerEmpty[slot] > dropUntilNanos) {
                put(formerSources[slot], formerEmpty[slot]);
            }
        }
    }

    private int emptyAfter(long atNanos) {
        int after = 0;
        for (int slot = 0; slot < sources.length; slot++) {
            after += sources[slot] != NOBODY && emptyAtNanos[slot] > atNanos ? 1 : 0;
        }
        return after;
    }

    /** The slot of a source, or the one it would get. There is always a free slot. */
    private int slotOf(long source) {
        int mask = sources.length - 1;
        int slot = (int) (source * SCATTER >>> 40) & mask;
        while (sources[slot] != NOBODY && sources[slot] != source) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long sourceOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = bytes.length == IPV4_BYTES ? IPV4_BYTES : IPV6_PREFIX_BYTES;
        long source = 0;
        for (int i = 0; i < length; i++) {
            source = source << 8 | bytes[i] & 0xff;
        }
        return length == IPV4_BYTES || source == NOBODY ? source | IPV4_MARK : source;
    }
}
