package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Carries stop requests from signals to the waiting command. The first request lets the command end cleanly; a second Ctrl-C, or eight
 * seconds, ends the process at once. Thread-safe.
 */
public final class Stops {
    private static final long GRACE_MILLIS = 8_000; // a node closes within five seconds

    private static final long TICK_MILLIS = 1_000;

    private final IntConsumer halt;
    private CompletableFuture<Stop> wish = new CompletableFuture<>();
    private boolean rearming;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    /** @param halt ends the process with an exit code, at once */
    public Stops(IntConsumer halt) {
        this.halt = halt;
    }

    /** Requests a stop. */
    public synchronized void request(Stop stop) {
        if (stop != Stop.INTERRUPT) {
            termination.complete(null);
        }
        if (!wish.complete(stop)) {
            if (stop == Stop.INTERRUPT && !rearming) {
                halt.accept(stop.exitCode());
            }
        } else if (!rearming || stop != Stop.INTERRUPT) {
            Thread watchdog = new Thread(() -> haltLater(stop), "stop-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    /** From now on, Ctrl-C ends only the current command; call {@link #rearm()} before each command. */
    public synchronized void endOnlyTheCommand() {
        rearming = true;
    }

    /** Completes when the whole program is to end, not only a command. */
    public CompletableFuture<Void> termination() {
        return termination.copy();
    }

    /** Forgets a Ctrl-C that ended an earlier command. */
    public synchronized void rearm() {
        if (wish.getNow(Stop.TERMINATE) == Stop.INTERRUPT) {
            wish = new CompletableFuture<>();
        }
    }

    /** Completes at the next stop request; already complete if one is pending. */
    public synchronized CompletableFuture<Stop> wish() {
        return wish;
    }

    /**
     * Waits for a result or a stop request, whichever is first.
     *
     * @throws CairnException the failure of the future
     */
    public <T> T await(CompletableFuture<T> future) throws CairnException, StoppedException {
        return await(future, () -> {});
    }

    /**
     * The same.
     *
     * @param eachSecond runs on this thread once a second until then
     */
    public <T> T await(CompletableFuture<T> future, Runnable eachSecond) throws CairnException, StoppedException {
        CompletableFuture<Stop> stop = wish();
        try {
            CompletableFuture<?> either = CompletableFuture.anyOf(future, stop).handle((result, failure) -> 0);
            while (!isDoneWithin(TICK_MILLIS, either)) {
                eachSecond.run();
            }
            if (!future.isDone()) {
                throw new StoppedException(stop.join());
            }
            return future.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoppedException(stop.getNow(Stop.INTERRUPT));
        } catch (CompletionException | ExecutionException | CancellationException failure) {
            throw told(failure);
        }
    }

    private static boolean isDoneWithin(long millis, CompletableFuture<?> future)
            throws InterruptedException, ExecutionException {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Waits for a stop request. */
    public Stop awaitStop() {
        return wish().join();
    }

    /**
     * Waits for a stop request.
     *
     * @param eachSecond runs on this thread once a second until then
     */
    public Stop awaitStop(Runnable eachSecond) {
        CompletableFuture<Stop> stop = wish();
        try {
            while (!isDoneWithin(TICK_MILLIS, stop)) {
                eachSecond.run();
            }
            return stop.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Stop.INTERRUPT;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a stop request failed", impossible);
        }
    }

    private static CairnException told(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        if (cause instanceof CairnException expected) {
            return expected;
        }
        if (cause instanceof RuntimeException programmersMistake && !(cause instanceof CancellationException)) {
            throw programmersMistake;
        }
        if (cause instanceof IOException disk) {
            return new CairnException(
                    Reasons.kind(disk),
                    "the command failed",
                    Reasons.withFile(disk),
                    Reasons.isDiskFull(disk)
                            ? "make room on that disk and run it again"
                            : "put that right and run it again",
                    disk);
        }
        return new CairnException(
                CairnException.Kind.OTHER,
                "the command failed",
                String.valueOf(cause.getMessage()),
                "run it again with -v to see more",
                cause);
    }

    private void haltLater(Stop stop) {
        try {
            Thread.sleep(GRACE_MILLIS);
            halt.accept(stop.exitCode());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
