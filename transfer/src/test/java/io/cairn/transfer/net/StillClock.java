package io.cairn.transfer.net;

import io.cairn.dht.env.Clock;

/** Stands still until a test moves it. */
final class StillClock implements Clock {
    long nowMillis = 1_000;

    @Override
    public long wallMillis() {
        return nowMillis;
    }

    @Override
    public long monotonicMillis() {
        return nowMillis;
    }
}
