package io.cairn.transfer.store;

import io.cairn.dht.env.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when a test says so. */
final class FakeClock implements Clock {
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);

    void advance(long byMillis) {
        millis.addAndGet(byMillis);
    }

    @Override
    public long wallMillis() {
        return millis.get();
    }

    @Override
    public long monotonicMillis() {
        return millis.get();
    }
}
