package io.cairn.sim.network;

import io.cairn.dht.env.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pool for the long work of one simulated machine: {@value #WORKERS} workers, each busy for {@value #WORK_MILLIS} ms of virtual time
 * with a piece of work. At most {@value #QUEUE_MAX} pieces wait for a worker; more are refused.
 */
final class HostWorkers {
    private static final int WORKERS = 2;
    private static final int QUEUE_MAX = 4_096;
    private static final long WORK_MILLIS = 1;

    private final Scheduler host;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int working;

    HostWorkers(Scheduler host) {
        this.host = host;
    }

    <T extends @Nullable Object> void offload(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        if (queue.size() >= QUEUE_MAX) {
            host.execute(() -> done.accept(null, new RejectedExecutionException("the queue is full")));
            return;
        }
        queue.addLast(() -> complete(work, done));
        work();
    }

    private void work() {
        while (working < WORKERS && !queue.isEmpty()) {
            working++;
            Runnable next = queue.removeFirst();
            host.schedule(WORK_MILLIS, () -> {
                working--;
                next.run();
                work();
            });
        }
    }

    private <T extends @Nullable Object> void complete(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        T result;
        try {
            result = work.call();
        } catch (Exception failure) {
            host.execute(() -> done.accept(null, failure));
            return;
        }
        host.execute(() -> done.accept(result, null));
    }
}
