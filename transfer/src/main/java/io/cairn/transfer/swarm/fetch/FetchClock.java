package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.swarm.peer.SwarmLimits;
import org.jspecify.annotations.Nullable;

/** Decides when a fetch has waited long enough. The caller passes the time. */
final class FetchClock {
    private static final long NEVER = -1;

    private final SwarmLimits limits;
    private final FetchPlan.Patience patience;
    private final long startMillis;
    private long lastByteMillis;
    private boolean started;
    private boolean anyUsable;
    private long aloneSinceMillis = NEVER;

    /** @param asked null for that of the limits */
    FetchClock(SwarmLimits limits, FetchPlan.@Nullable Patience asked, long startMillis) {
        this.limits = limits;
        this.patience = asked == null ? new FetchPlan.Patience(limits.noProviderMillis(), limits.stallMillis()) : asked;
        this.startMillis = startMillis;
        this.lastByteMillis = startMillis;
    }

    void byteCame(long atMillis) {
        started = true;
        lastByteMillis = Math.max(lastByteMillis, atMillis);
    }

    /** This node is busy itself, so waiting is not the peers' fault. */
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

    /** Whether there has been no usable peer for some seconds. */
    boolean isAlone(long nowMillis) {
        return aloneSinceMillis != NEVER && nowMillis - aloneSinceMillis >= limits.corruptMillis();
    }

    boolean isNoProvider(long nowMillis) {
        return !started && !anyUsable && nowMillis - startMillis >= patience.lookupMillis();
    }

    /** Before the first byte, the longer of both times counts, so that a long look-up may be asked for alone. */
    boolean isStalled(long nowMillis) {
        int quietMillis = started ? patience.stallMillis() : Math.max(patience.lookupMillis(), patience.stallMillis());
        return nowMillis - lastByteMillis >= quietMillis;
    }
}
