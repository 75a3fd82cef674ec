package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocks for what the node answers at once. */
final class BoundedWait {
    /** The longest wait: a node that is alive answers in milliseconds. */
    private static final int SECONDS_MAX = 10;

    private BoundedWait() {}

    /** @throws CairnException as the future does; of reason NODE_GONE if it takes too long */
    static <T> T on(CompletableFuture<T> future) throws CairnException {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException silent) {
            future.cancel(false);
            throw Failures.silent();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            throw new CairnException(
                    Kind.INTERRUPTED, "cannot ask the node", "the wait was interrupted", "run it again");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CairnException failure) {
                throw failure;
            }
            throw new IllegalStateException("the node's answer was not understood", failed.getCause());
        }
    }
}
