package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The start of a node by another process, observed until the node answers. */
public interface NodeStart {
    /** How long a node may take to answer. */
    long READY_SECONDS = 30;

    long POLL_MILLIS = 20;

    /** Whether the process has ended, so that its node will not answer any more. */
    boolean isOver() throws CairnException, InterruptedException;

    /** Whether a node that answers is the one that was started. */
    boolean isOf(ProcessStatus process);

    /** Waits until the node answers; empty if its process ended, or if it does not answer in time. The caller closes what it gets. */
    static Optional<Attachment> await(SessionSource source, NodeStart start) throws CairnException, StoppedException {
        long begun = System.nanoTime();
        boolean isOver = false;
        SlowStep slow = new SlowStep(source.output(), "wait", () -> "the node does not answer yet");
        try {
            while (!isOver) {
                isOver = start.isOver() || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(READY_SECONDS);
                Optional<Attachment> running =
                        answering(source); // the last time, perhaps one that another command started
                if (running.isPresent()) {
                    if (start.isOf(running.get().process())) {
                        return running;
                    }
                    running.get().close();
                }
                source.stops()
                        .await(new CompletableFuture<Void>()
                                .completeOnTimeout(null, POLL_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoppedException(Stop.INTERRUPT);
        } finally {
            slow.close();
        }
        return Optional.empty();
    }

    /** A node that starts slowly holds its directory, and does not answer yet. */
    private static Optional<Attachment> answering(SessionSource source) throws CairnException {
        try {
            return source.running();
        } catch (CairnException silent) {
            if (silent.reason() == Reason.CONTINUE_OR_END_THE_PROCESS) {
                return Optional.empty();
            }
            throw silent;
        }
    }
}
