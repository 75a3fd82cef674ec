package io.cairn.app;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Something that takes a while, tells events and has one result. Thread-safe.
 *
 * @param <E> an event, plain data
 * @param <R> the result, plain data
 */
public interface Operation<E, R> {
    /** Completes with the result, after all events; fails with a {@link CairnException}. */
    CompletableFuture<R> completion();

    /**
     * Follows the events. The first listener also hears those from before it came; a later one first hears the latest event of each kind that
     * describes the state. Returns once the listener has heard these, so do not hold a lock that the listener takes. On a closed node the
     * listener hears nothing.
     *
     * @param listener called on a thread of the node's, which it must not block
     */
    Subscription events(Consumer<? super E> listener);
}
