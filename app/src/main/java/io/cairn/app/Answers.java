package io.cairn.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
}
