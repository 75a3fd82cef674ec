package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.swarm.peer.SwarmLimits;

/** When a fetch has waited long enough. Told the time, never reads it. */
final class FetchClock {
    private static final long NEVER = -1;

    private final SwarmLimits limits;
    private final long startMillis;
    private long lastByteMillis;
    private boolean started;
    private boolean anyUsable;
    private long aloneSinceMillis = NEVER;

    FetchClock(SwarmLimits limits, long startMillis) {
        this.limits = limits;
        this.startMillis = startMillis;
        this.lastByteMillis = startMillis;
    }

    void byteCame(long atMillis) {
        started = true;
        lastByteMillis = Math.max(lastByteMillis, atMillis);
    }

    /** This node itself is busy, so it is not the peers who let it wait. */
    void byteCameIfStarted(long nowMillis) {
        if (started) {
            byteCame(nowMillis);
        }
    }

    long lastByteMillis() {
        return lastByteMillis;
    }

    void usablePeers(int count, long nowMillis) {
        anyUsable = count > 0;
        if (anyUsable) {
            aloneSinceMillis = NEVER;
        } else if (aloneSinceMillis == NEVER) {
            aloneSinceMillis = nowMillis;
        }
    }

    /** Whether there has been no peer of use for some seconds. */
    boolean isAlone(long nowMillis) {
        return aloneSinceMillis != NEVER && nowMillis - aloneSinceMillis >= limits.corruptMillis();
    }

    boolean isNoProvider(long nowMillis) {
        return !started && !anyUsable && nowMillis - startMillis >= limits.noProviderMillis();
    }

    boolean isStalled(long nowMillis) {
        return nowMillis - lastByteMillis >= limits.stallMillis();
    }
}
