package io.cairn.dht.env;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loop that owns one node, as a port. Everything given to {@link #execute} and {@link #schedule} runs on that loop,
 * one task at a time, so what it touches needs no lock. Order among timers of the same instant is that of their scheduling.
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
     * Runs blocking or long work (disk, hashing) on a bounded pool, then {@code done} on the loop with either the result or the
     * failure. May be called from any thread. If the pool takes no more, the work does not run and the failure is a
     * {@link java.util.concurrent.RejectedExecutionException}: that says nothing about the work, and what the work would have released
     * is the caller's to release. {@link PatientWork} is for work that must not be refused.
     */
    <T extends @Nullable Object> void offload(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done);

    /** A task that waits for its time. */
    interface Timer {
        /** Prevents the task from running, if it has not run yet. */
        void cancel();
    }
}
