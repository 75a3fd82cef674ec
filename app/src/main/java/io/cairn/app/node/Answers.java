package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.work.StateFailures;
import io.cairn.app.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the futures of a node's API. Failures of the data directory or a file become a {@link CairnException}. */
final class Answers {
    private final Work work;
    private final Path database;

    Answers(Work work, Path database) {
        this.work = work;
        this.database = database;
    }

    /**
     * Runs a task on the loop. Any thread.
     *
     * @param what the action to name in a failure
     */
    <T> CompletableFuture<T> of(String what, Supplier<? extends CompletionStage<T>> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<T> unused = work.onLoop(task).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                Throwable cause = Work.cause(failure);
                answer.completeExceptionally(
                        cause instanceof IOException trouble
                                ? StateFailures.whileRunning(what, database, trouble)
                                : cause);
            }
        });
        return answer;
    }

    /**
     * What the node says to a question at once. Any thread.
     *
     * @param once completes before it can answer
     * @param closed the answer of a closed node
     */
    <T> T unlessClosed(CompletableFuture<?> once, Supplier<T> question, T closed) {
        try {
            return work.ask(once, question);
        } catch (CairnException isClosed) {
            return closed;
        }
    }

    /** As {@link #of(String, Supplier)}, for a task that checks whether its future was cancelled, and then ends early. */
    <T> CompletableFuture<T> of(String what, Function<BooleanSupplier, ? extends CompletionStage<T>> task) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<T> answer = of(what, () -> task.apply(over::get));
        CompletableFuture<T> unused = answer.whenComplete((value, failure) -> over.set(true));
        return answer;
    }
}
