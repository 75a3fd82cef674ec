package io.cairn.app.node;

import io.cairn.dht.env.Scheduler;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides when a node rehearses: one second after its start, once it shares nothing new, and not after a real transfer. */
final class RehearsalPlan implements AutoCloseable {
    /** Delay of each check, in milliseconds: a node that runs a single command is gone by then. */
    private static final long LOOK_MILLIS = 1_000;

    private final Scheduler scheduler;
    private final CompletableFuture<Void> used;
    private final BooleanSupplier isSharing;
    private final Path link;
    private @Nullable Rehearsal begun;
    private boolean closed;

    /**
     * @param used completes at the first real transfer
     * @param isSharing whether the node is hashing or publishing
     */
    RehearsalPlan(Scheduler scheduler, CompletableFuture<Void> used, BooleanSupplier isSharing, Path dataDirectory) {
        this.scheduler = scheduler;
        this.used = used;
        this.isSharing = isSharing;
        this.link = dataDirectory.resolve(Rehearsal.LINK);
    }

    void begin() {
        scheduler.schedule(LOOK_MILLIS, this::look);
    }

    private synchronized void look() {
        if (closed || used.isDone()) {
            return;
        }
        if (isSharing.getAsBoolean()) {
            begin();
            return;
        }
        Rehearsal rehearsal = Rehearsal.begin(link);
        begun = rehearsal;
        CompletableFuture<Void> unused = used.thenRun(rehearsal::end);
    }

    /** Ends a rehearsal and waits until it has cleaned up. */
    @Override
    public void close() {
        Rehearsal rehearsal;
        synchronized (this) {
            closed = true;
            rehearsal = begun;
        }
        if (rehearsal != null) {
            rehearsal.close();
        }
    }
}
