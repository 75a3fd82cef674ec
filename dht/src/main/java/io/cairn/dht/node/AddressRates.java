package io.cairn.dht.node;

import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how many requests an address may make: a token bucket for each IPv4 address or IPv6 /64. Remembers a bounded number of
 * addresses; the one that has been silent longest is forgotten, and starts anew with a full bucket.
 */
final class AddressRates {
    private static final int IPV6_PREFIX_BYTES = 8;

    private final Map<Source, Level> levels = new LinkedHashMap<>(16, 0.75f, true);
    private final int perSecond;
    private final int burst;
    private final int addressesMax;

    AddressRates(KademliaLimits limits) {
        this.perSecond = limits.guard().requestsPerSecondMax();
        this.burst = limits.guard().requestsBurstMax();
        this.addressesMax = limits.guard().addressesTrackedMax();
    }

    /** Counts a request, and says whether it is to be heard. */
    boolean allows(InetAddress address, long nowMillis) {
        Source source = Source.of(address);
        Level level = levels.get(source);
        if (level == null) {
            level = new Level(burst, nowMillis);
            levels.put(source, level);
            if (levels.size() > addressesMax) {
                levels.remove(levels.keySet().iterator().next());
            }
        }
        level.left = Math.min(burst, level.left + (nowMillis - level.atMillis) * perSecond / 1000.0);
        level.atMillis = nowMillis;
        if (level.left < 1) {
            return false;
        }
        level.left--;
        return true;
    }

    int addressesTracked() {
        return levels.size();
    }

    private static final class Level {
        private double left;
        private long atMillis;

        Level(double left, long atMillis) {
            this.left = left;
            this.atMillis = atMillis;
        }
    }

    private record Source(byte[] bytes) {
        static Source of(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new Source(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_PREFIX_BYTES));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Source that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
