package io.cairn.transfer.net.tls;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.Scheduler;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and the TLS of one run, in the making beside all else: begun as early as may be, since a fresh process takes longer for
 * it than for all else that a first connection waits for.
 */
public final class RunTls {
    private final CompletableFuture<Tls> ready = new CompletableFuture<>();

    private RunTls() {}

    /**
     * Begins.
     *
     * @param clock whose wall time bounds the time in which the certificate is valid
     */
    public static RunTls prepare(Clock clock, Scheduler scheduler) {
        return prepare(scheduler, () -> Tls.generate(new SecureRandom(), clock.wallMillis()));
    }

    static RunTls prepare(Scheduler scheduler, Callable<Tls> generate) {
        RunTls run = new RunTls();
        PatientWork.offload(scheduler, generate, run::made);
        return run;
    }

    /** Begins on a thread of its own, where there is no scheduler yet; see {@link #on}. */
    public static RunTls begin(Clock clock) {
        RunTls run = new RunTls();
        Thread thread = new Thread(
                () -> {
                    try {
                        run.made(Tls.generate(new SecureRandom(), clock.wallMillis()), null);
                    } catch (IOException | RuntimeException | Error failure) {
                        OutOfMemory.check(failure);
                        run.made(null, failure);
                    }
                },
                "cairn-tls");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** What was begun before, for the node that a scheduler belongs to. */
    public RunTls on(Scheduler scheduler) {
        RunTls run = new RunTls();
        CompletableFuture<Tls> unused =
                ready.whenComplete((made, failure) -> scheduler.execute(() -> run.made(made, failure)));
        return run;
    }

    private void made(@Nullable Tls made, @Nullable Throwable failure) {
        if (made != null) {
            ready.complete(made);
        } else {
            ready.completeExceptionally(failure == null ? new IOException("no certificate") : failure);
        }
    }

    /** Completes on the scheduler's thread. */
    public CompletableFuture<Tls> ready() {
        return ready;
    }
}
