package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.work.LoopAccess;
import io.cairn.app.work.NodeClosed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that calls listeners and completes futures, in order. It is not the I/O thread: a listener may ask the node something and
 * wait for the answer.
 */
final class ClientLoop implements LoopAccess, Executor {
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    private volatile @Nullable Thread thread;

    private Thread thread(Runnable work) {
        Thread made = new Thread(work, "cairn-remote-events");
        made.setDaemon(true);
        thread = made;
        return made;
    }

    /** Runs a task after those that wait; once the loop has ended, on the caller's thread, so that no future stays open. */
    void later(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException hasEnded) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        later(task);
    }

    /** Whether the caller is on this thread. */
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run(Runnable task) {
        if (isHere()) {
            task.run();
        } else {
            later(task);
        }
    }

    @Override
    public <T> T ask(Supplier<T> question) throws CairnException {
        if (isHere()) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> answer.complete(question.get()));
        } catch (RejectedExecutionException hasEnded) {
            throw NodeClosed.exception();
        }
        return BoundedWait.on(answer);
    }

    /** Runs what waits, and nothing after that. */
    void end() {
        executor.shutdown();
    }
}
