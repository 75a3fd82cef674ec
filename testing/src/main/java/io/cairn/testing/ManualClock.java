package io.cairn.testing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. Its methods are those of the port for time, which this module does not know: the tests of
 * a module make it one by {@code final class FakeClock extends ManualClock implements Clock {}}. Thread-safe.
 */
public class ManualClock {
    /** The wall clock at the start: 2027-01-15T08:00:00Z. */
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private final AtomicLong millis = new AtomicLong();

    /** Lets time pass. */
    public void advance(long byMillis) {
        millis.addAndGet(byMillis);
    }

    /** Milliseconds since 1970. */
    public long wallMillis() {
        return EPOCH_MILLIS + monotonicMillis();
    }

    /** Milliseconds since the clock was made. */
    public long monotonicMillis() {
        return millis.get();
    }
}
