package io.cairn.dht.env;

/**
 * Time, as a port. Two readings, because a machine that was suspended shows the wall clock jump against the monotonic one.
 * Promises nothing about resolution beyond a millisecond.
 */
public interface Clock {
    /** Milliseconds since 1970-01-01T00:00Z; may jump either way. For time stamps and expiries that others read. */
    long wallMillis();

    /** Milliseconds from an arbitrary start; never goes back. For time-outs and round trips. */
    long monotonicMillis();
}
