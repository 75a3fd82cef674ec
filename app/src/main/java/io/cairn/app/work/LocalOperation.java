package io.cairn.app.work;

import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An operation, wherever it runs, with its listeners in this process. */
public record LocalOperation<E, R>(Broadcast<E> broadcast, CompletableFuture<R> completion) implements Operation<E, R> {
    @Override
    public Subscription events(Consumer<? super E> listener) {
        return broadcast.subscribe(listener);
    }
}
