package io.cairn.dht.env;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that must be done even if the pool is full when it is first offered: it is offered again until the pool takes it. Once the scheduler
 * is closed, nothing runs any more. The caller must bound the number of such tasks, because nothing here bounds the waiting ones.
 */
public final class PatientWork {
    /** Between two offers: thousands of tasks are queued ahead of a refused one, so there is no hurry. */
    private static final long AGAIN_MILLIS = 100;

    private PatientWork() {}

    /**
     * Runs the work on the pool, then {@code done} on the loop, like {@link Scheduler#offload}, but never reports a refusal. Callable from
     * any thread.
     */
    public static <T extends @Nullable Object> void offload(
            Scheduler scheduler, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        scheduler.offload(work, (result, failure) -> {
            if (failure instanceof RejectedExecutionException) {
                scheduler.schedule(AGAIN_MILLIS, () -> offload(scheduler, work, done));
            } else {
                done.accept(result, failure);
            }
        });
    }
}
