package io.cairn.dht.env;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loop that owns one node, as a port. Everything passed to {@link #execute} and {@link #schedule} runs on that loop, one task at
 * a time, so what it touches needs no lock. Timers due at the same instant run in the order they were scheduled.
 */
public interface Scheduler extends Executor {
    /** Runs the task on the loop, later, in order. May be called from any thread. */
    @Override
    void execute(Runnable task);

    /**
     * Runs the task on the loop after a delay. May be called from any thread.
     *
     * @param delayMillis at least 0
     */
    Timer schedule(long delayMillis, Runnable task);

    /**
     * Runs blocking or long work (disk, hashing) on a bounded pool, then {@code done} on the loop with either the result or the failure.
     * May be called from any thread. If the pool is full, the work does not run and the failure is a
     * {@link java.util.concurrent.RejectedExecutionException}: that says nothing about the work itself, and the caller must release what
     * the work would have released. {@link PatientWork} is for work that must not be refused.
     */
    <T extends @Nullable Object> void offload(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done);

    /** A scheduled task. */
    interface Timer {
        /** Prevents the task from running, if it has not run yet. */
        void cancel();
    }
}
