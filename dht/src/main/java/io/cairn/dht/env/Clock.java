package io.cairn.dht.env;

/**
 * Time, as a port. Two readings, because the wall clock jumps against the monotonic one when a machine was suspended. Promises no
 * resolution finer than a millisecond.
 */
public interface Clock {
    /** Milliseconds since 1970-01-01T00:00Z; may jump either way. For time stamps and expiries that others read. */
    long wallMillis();

    /** Milliseconds from an arbitrary start; never decreases. For time-outs and round trips. */
    long monotonicMillis();
}
