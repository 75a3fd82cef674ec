package io.cairn.app;

import io.cairn.dht.net.NodeLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ways onto the node's loop and off it. What a future made here is followed by runs on the loop. */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final NodeLoop loop;

    Work(NodeLoop loop) {
        this.loop = loop;
    }

    /**
     * Runs blocking work on a worker; the future completes on the loop. Call it on the loop: what another thread attaches to a future
     * that is complete already would run on that thread.
     */
    <T> CompletableFuture<T> offload(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.<T>offload(work, (value, failure) -> settle(result, value, failure));
        return result;
    }

    /** Runs something on the loop and gives what it gives. Any thread. */
    <T> CompletableFuture<T> onLoop(Supplier<CompletionStage<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                task.get().whenComplete((value, failure) -> settle(result, value, failure));
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** Asks the loop and waits for the answer: short questions only. A listener that asks on the loop itself has its answer at once. */
    <T> T ask(Supplier<T> question) {
        return ask(CompletableFuture.completedFuture(question), question);
    }

    /** As {@link #ask(Supplier)}, when something has completed; the loop itself, which must not wait, has its answer at once. */
    <T> T ask(CompletableFuture<?> once, Supplier<T> question) {
        if (loop.isLoopThread()) {
            return question.get();
        }
        try {
            return onLoop(() -> once.thenApply(done -> question.get())).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the node", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the node could not answer", failure.getCause());
        }
    }

    /** For a future that nobody waits for: what fails in it is logged. */
    static void watch(CompletionStage<?> stage, String what) {
        stage.whenComplete((result, failure) -> {
            if (failure != null) {
                LOG.error("{} failed", what, failure);
            }
        });
    }

    private static <T> void settle(CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
