package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.json.JsonTree;
import io.cairn.app.work.Broadcast;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lines of an operation: its events, and its result as the last. On the events thread. */
final class OperationLines<E, R> implements LinesExchange.Lines {
    private final Shape<E, R> shape;
    private final Broadcast<E> events;
    private final CompletableFuture<R> result;

    OperationLines(Shape<E, R> shape, Broadcast<E> events, CompletableFuture<R> result) {
        this.shape = shape;
        this.events = events;
        this.result = result;
    }

    /**
     * How the lines are read.
     *
     * @param isEvent whether a line of this type is an event; any other is the result
     * @param kind by which the latest event is kept for later listeners
     */
    record Shape<E, R>(
            Predicate<JsonTree> isEvent,
            Function<JsonTree, E> event,
            Function<JsonTree, R> result,
            Function<? super E, @Nullable Object> kind) {}

    @Override
    public void line(JsonTree line) {
        if (shape.isEvent().test(line)) {
            events.tell(shape.event().apply(line));
            return;
        }
        R value = shape.result().apply(line);
        events.end();
        result.complete(value);
    }

    /** After a result this changes nothing. */
    @Override
    public void end() {
        fail(Failures.incomplete());
    }

    @Override
    public void fail(CairnException failure) {
        events.end();
        result.completeExceptionally(failure);
    }
}
