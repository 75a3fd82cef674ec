package io.cairn.app;

/** A listener's place among those that are told. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** Takes the listener back: no call to it begins after this returns. A second call does nothing. */
    @Override
    void close();
}
