package io.cairn.transfer.net;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * The certificate and the TLS of one run, in the making on a worker: begun as early as there is one, since a fresh process takes longer for
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
        scheduler.offload(generate, (made, failure) -> {
            if (made != null) {
                run.ready.complete(made);
            } else {
                run.ready.completeExceptionally(failure == null ? new IOException("no certificate") : failure);
            }
        });
        return run;
    }

    /** Completes on the scheduler's thread. */
    CompletableFuture<Tls> ready() {
        return ready;
    }
}
