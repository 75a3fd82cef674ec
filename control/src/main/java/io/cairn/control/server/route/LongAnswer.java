package io.cairn.control.server.route;

import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.json.JsonObject;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Operations as lines: one for each event, and the result last. */
final class LongAnswer {
    private LongAnswer() {}

    /** An operation that belongs to the request: if the client goes, it is cancelled. */
    static <E, R> ControlAnswer owned(
            Operation<E, R> operation, Function<E, JsonObject> event, Function<R, JsonObject> result) {
        return new ControlAnswer.Lines(feed(operation, event, result));
    }

    /** The same for an operation whose events are its yield: so many bytes of them wait for the client. */
    static <E, R> ControlAnswer owned(
            Operation<E, R> operation,
            Function<E, JsonObject> event,
            Function<R, JsonObject> result,
            int waitingBytesMax) {
        return new ControlAnswer.Lines(feed(operation, event, result), waitingBytesMax);
    }

    private static <E, R> ControlAnswer.Feed feed(
            Operation<E, R> operation, Function<E, JsonObject> event, Function<R, JsonObject> result) {
        return sink -> {
            Subscription events = operation.events(happened -> sink.line(event.apply(happened)));
            CompletableFuture<R> completion = operation.completion();
            CompletableFuture<R> unused = completion.whenComplete(
                    (value, failure) -> sink.last(failure == null ? result.apply(value) : FailureAnswer.line(failure)));
            return () -> {
                events.close();
                completion.cancel(true);
            };
        };
    }

    /** A future whose work ends if the client goes. */
    static <T> ControlAnswer later(CompletableFuture<T> work, Function<T, ControlAnswer.Whole> answer) {
        return new ControlAnswer.Later(work, work.thenApply(answer));
    }
}
