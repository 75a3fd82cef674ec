package io.cairn.dht.net;

import io.cairn.dht.env.Clock;
import java.util.concurrent.TimeUnit;

/** The clock of this machine. */
public final class SystemClock implements Clock {
    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
