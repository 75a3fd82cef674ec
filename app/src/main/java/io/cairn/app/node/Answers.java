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

/** The futures that a node gives to its user. What goes wrong with the data directory or a file is a {@link CairnException}, too. */
final class Answers {
    private final Work work;
    private final Path database;

    Answers(Work work, Path database) {
        this.work = work;
        this.database = database;
    }

    /**
     * Runs something on the loop. Any thread.
     *
     * @param what has failed if it fails
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

    /** As {@link #of(String, Supplier)}, of something that asks whether anybody still waits for it: a cancelled answer ends it early. */
    <T> CompletableFuture<T> of(String what, Function<BooleanSupplier, ? extends CompletionStage<T>> task) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<T> answer = of(what, () -> task.apply(over::get));
        CompletableFuture<T> unused = answer.whenComplete((value, failure) -> over.set(true));
        return answer;
    }
}
