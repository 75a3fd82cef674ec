package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Endpoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The endpoints that were recently probed, so that none is probed repeatedly. Bounded, and empty when idle. */
final class AskedLately {
    private static final int MAX = 128;
    private static final long MEMORY_MILLIS = 10_000;
    private static final int CAPACITY_MIN = 8;

    private @Nullable Endpoint[] endpoints = {};
    private long[] atMillis = {};
    private int count;

    /** Whether the endpoint was probed recently. Also true when the list is full. */
    boolean mayHave(Endpoint endpoint, long nowMillis) {
        forgetOld(nowMillis);
        boolean asked = count == MAX;
        for (int i = 0; i < count && !asked; i++) {
            asked = endpoint.equals(endpoints[i]);
        }
        return asked;
    }

    /** Notes that it is probed now; only for an endpoint for which {@link #mayHave} is false. */
    void add(Endpoint endpoint, long nowMillis) {
        if (count == endpoints.length) {
            int capacity = Math.max(CAPACITY_MIN, 2 * count);
            endpoints = Arrays.copyOf(endpoints, capacity);
            atMillis = Arrays.copyOf(atMillis, capacity);
        }
        endpoints[count] = endpoint;
        atMillis[count] = nowMillis;
        count++;
    }

    private void forgetOld(long nowMillis) {
        int old = 0;
        while (old < count && nowMillis - atMillis[old] >= MEMORY_MILLIS) {
            old++;
        }
        if (old > 0) {
            endpoints = Arrays.copyOfRange(endpoints, old, count);
            atMillis = Arrays.copyOfRange(atMillis, old, count);
            count -= old;
        }
    }
}
