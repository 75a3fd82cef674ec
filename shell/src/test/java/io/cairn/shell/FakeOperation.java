package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps all events for each listener. */
class FakeOperation<E, R> implements Operation<E, R> {
    final CompletableFuture<R> completion = new CompletableFuture<>();
    private final List<E> told = new ArrayList<>();
    private final List<Consumer<? super E>> listeners = new ArrayList<>();

    void tell(E event) {
        told.add(event);
        List.copyOf(listeners).forEach(listener -> listener.accept(event));
    }

    @Override
    public CompletableFuture<R> completion() {
        return completion;
    }

    @Override
    public Subscription events(Consumer<? super E> listener) {
        told.forEach(listener);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The answer of a closed node. */
    static CairnException closed() {
        return new CairnException(
                CairnException.Kind.INTERRUPTED, "the node cannot do this", "it is closed", "start one");
    }
}
