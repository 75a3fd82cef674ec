package io.cairn.testing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when a test advances it. Its methods are those of the clock port, which this module does not know: the tests of a
 * module implement the port with {@code final class FakeClock extends ManualClock implements Clock {}}. Thread-safe.
 */
public class ManualClock {
    /** The wall clock at the start: 2027-01-15T08:00:00Z. */
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private final AtomicLong millis = new AtomicLong();

    /** Advances time. */
    public void advance(long byMillis) {
        millis.addAndGet(byMillis);
    }

    /** Milliseconds since 1970. */
    public long wallMillis() {
        return EPOCH_MILLIS + monotonicMillis();
    }

    /** Milliseconds since the clock was created. */
    public long monotonicMillis() {
        return millis.get();
    }
}
