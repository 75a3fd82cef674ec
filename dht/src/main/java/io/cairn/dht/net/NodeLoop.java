package io.cairn.dht.net;

import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.env.Scheduler;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of a real node: one thread named {@code cairn-node} that owns it, and a bounded pool for work that blocks. Handing a
 * task over costs about a microsecond. A task that throws is logged and the loop continues, unless {@link OutOfMemory} ends the process.
 * After {@link #close}, tasks are dropped silently.
 */
public final class NodeLoop implements Scheduler, AutoCloseable {
    /** Most tasks that wait for a worker: enough for every chunk of a large share, and small in memory. */
    public static final int WORK_QUEUE_MAX = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);
    private static final long CLOSE_MILLIS = 5_000;

    private final DefaultEventExecutor loop;
    private final ThreadPoolExecutor workers;

    private NodeLoop(int workerCount, int workQueueMax) {
        loop = new DefaultEventExecutor((ThreadFactory) run -> daemon(run, "cairn-node"));
        workers = new ThreadPoolExecutor(
                workerCount,
                workerCount,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(workQueueMax),
                daemons("cairn-worker-"));
        workers.allowCoreThreadTimeOut(true);
    }

    /** A loop with one worker per processor, and at least two. */
    public static NodeLoop start() {
        return start(Math.max(2, Runtime.getRuntime().availableProcessors()), WORK_QUEUE_MAX);
    }

    /**
     * @param workerCount threads for work that blocks, at least 1
     * @param workQueueMax tasks that may wait, at least 1; more are refused
     */
    public static NodeLoop start(int workerCount, int workQueueMax) {
        return new NodeLoop(workerCount, workQueueMax);
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(logged(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("a task was submitted after the loop was closed");
        }
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        if (delayMillis < 0) {
            throw new IllegalArgumentException("a delay must be at least 0, not " + delayMillis);
        }
        try {
            Future<?> future = loop.schedule(logged(task), delayMillis, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.debug("a timer was scheduled after the loop was closed");
            return () -> {};
        }
    }

    /** {@inheritDoc} Fails with a {@link RejectedExecutionException} if the queue of waiting work is full. */
    @Override
    public <T extends @Nullable Object> void offload(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        try {
            workers.execute(() -> complete(work, done));
        } catch (RejectedExecutionException full) {
            execute(() -> done.accept(null, full));
        }
    }

    /** Whether the caller is on the loop. */
    public boolean isLoopThread() {
        return loop.inEventLoop();
    }

    /**
     * Lets the workers finish and their results arrive, then stops the loop; timers that are not due no longer run. Takes at most ten
     * seconds. If called on the loop itself, it does not wait, and pending results are lost.
     */
    @Override
    public void close() {
        workers.shutdown();
        if (isLoopThread()) {
            stopLoop();
            return;
        }
        await(workers);
        stopLoop();
        await(loop);
    }

    private <T extends @Nullable Object> void complete(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        try {
            T result = work.call();
            execute(() -> done.accept(result, null));
        } catch (Throwable failure) {
            OutOfMemory.check(failure);
            execute(() -> done.accept(null, failure));
        }
    }

    /** Tasks handed over before still run. */
    private void stopLoop() {
        Future<?> unused = loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                OutOfMemory.check(failure);
                LOG.error("a task of the node failed", failure);
            }
        };
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "{} tasks were cancelled when the loop closed",
                        executor.shutdownNow().size());
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return run -> daemon(run, prefix + number.incrementAndGet());
    }

    private static Thread daemon(Runnable run, String name) {
        Thread created = new Thread(run, name);
        created.setDaemon(true);
        return created;
    }
}
