package io.cairn.app;

/** A handle to remove a listener. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** Removes the listener: no call to it begins after this returns. A second call does nothing. */
    @Override
    void close();
}
