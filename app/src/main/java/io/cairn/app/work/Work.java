package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.Scheduler;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves work onto the node's loop and off it. Stages that depend on a future made here run on the loop. {@link #close} fails all open
 * futures, and later calls fail at once, so no future made here stays open.
 */
public final class Work implements LoopAccess {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Scheduler loop;
    private final BooleanSupplier isOnLoop;
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param isOnLoop whether the caller is on the loop, which must not wait for itself */
    public Work(Scheduler loop, BooleanSupplier isOnLoop) {
        this.loop = loop;
        this.isOnLoop = isOnLoop;
    }

    /**
     * Runs blocking work on a worker as soon as one is free; the future completes on the loop. Call it on the loop: a stage that
     * another thread attaches to a completed future would run on that thread.
     */
    public <T> CompletableFuture<T> offload(Callable<T> work) {
        CompletableFuture<T> result = opened();
        PatientWork.<T>offload(loop, work, (value, failure) -> settle(result, value, failure));
        return result;
    }

    /** Runs a task on the loop and completes with its result. Any thread may call it. */
    public <T> CompletableFuture<T> onLoop(Supplier<? extends CompletionStage<T>> task) {
        CompletableFuture<T> result = opened();
        if (result.isDone()) {
            return result;
        }
        loop.execute(() -> {
            try {
                task.get().whenComplete((value, failure) -> settle(result, value, failure));
            } catch (RuntimeException failure) {
                settle(result, null, failure);
            }
        });
        return result;
    }

    @Override
    public void run(Runnable task) {
        if (isOnLoop.getAsBoolean()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    @Override
    public <T> T ask(Supplier<T> question) throws CairnException {
        return ask(CompletableFuture.completedFuture(question), question);
    }

    /** As {@link #ask(Supplier)}, but after a future has completed; the loop itself, which must not wait, gets its answer at once. */
    public <T> T ask(CompletableFuture<?> once, Supplier<T> question) throws CairnException {
        if (isOnLoop.getAsBoolean()) {
            return question.get();
        }
        try {
            return onLoop(() -> once.thenApply(done -> question.get())).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the node", interrupted);
        } catch (ExecutionException failure) {
            if (cause(failure) instanceof CairnException closedMeanwhile) {
                throw closedMeanwhile;
            }
            throw new IllegalStateException("the node could not answer", failure.getCause());
        }
    }

    /** Fails all open futures and all later calls, since the loop has stopped. Any thread may call it. */
    public void close() {
        closed = true;
        open.forEach(Runnable::run);
    }

    public Scheduler scheduler() {
        return loop;
    }

    /** The cause of a future's failure, without the exceptions that futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wraps && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }

    private <T> CompletableFuture<T> opened() {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable refusal = () -> result.completeExceptionally(NodeClosed.exception());
        open.add(refusal);
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> open.remove(refusal));
        if (closed) {
            refusal.run();
        }
        return result;
    }

    /** Logs the failure of a future that nobody waits for; an interruption is logged only at debug level. */
    public static void watch(CompletionStage<?> stage, String what) {
        stage.whenComplete((result, failure) -> {
            if (failure != null && cause(failure) instanceof CairnException told && told.kind() == Kind.INTERRUPTED) {
                LOG.debug("{} was stopped: {}", what, told.why());
            } else if (failure != null) {
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
