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
 * The certificate and TLS context of one run, prepared in the background as early as possible, since in a fresh process they take longer
 * than everything else that a first connection waits for.
 */
public final class RunTls {
    private final CompletableFuture<Tls> ready = new CompletableFuture<>();

    private RunTls() {}

    /**
     * Starts the preparation.
     *
     * @param clock whose wall time bounds the certificate's validity
     */
    public static RunTls prepare(Clock clock, Scheduler scheduler) {
        return prepare(scheduler, () -> Tls.generate(new SecureRandom(), clock.wallMillis()));
    }

    static RunTls prepare(Scheduler scheduler, Callable<Tls> generate) {
        RunTls run = new RunTls();
        PatientWork.offload(scheduler, generate, run::made);
        return run;
    }

    /** Starts it on a thread of its own, before there is a scheduler; see {@link #on}. */
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

    /** The started preparation for the node that owns a scheduler. */
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
