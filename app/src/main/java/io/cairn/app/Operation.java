package io.cairn.app;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A running operation with events and one result. Thread-safe.
 *
 * @param <E> an event, plain data
 * @param <R> the result, plain data
 */
public interface Operation<E, R> {
    /** Completes with the result, after all events; fails with a {@link CairnException}. */
    CompletableFuture<R> completion();

    /**
     * Subscribes to the events. The first listener also receives all earlier events; a later one first receives the latest event of
     * each kind that describes the state. Returns after these calls, so do not hold a lock that the listener takes. On a closed node
     * the listener receives nothing.
     *
     * @param listener called on a thread of the node, which it must not block
     */
    Subscription events(Consumer<? super E> listener);
}
