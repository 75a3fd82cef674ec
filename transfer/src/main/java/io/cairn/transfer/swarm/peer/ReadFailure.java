package io.cairn.transfer.swarm.peer;

import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.hashing.OutOfDescriptorsException;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.concurrent.RejectedExecutionException;

/** The refusal sent to a peer when a chunk cannot be read. */
public final class ReadFailure {
    private ReadFailure() {}

    /** The reason for the refusal: {@code BUSY} only for passing conditions, since the peer then requests the same chunk again. */
    public static RefusalReason reason(Throwable failure) {
        if (failure instanceof ContentChangedException) {
            return RefusalReason.CHANGED;
        }
        return passes(failure) ? RefusalReason.BUSY : RefusalReason.NOT_HAD;
    }

    /** Workers, file descriptors and memory may be free again a moment later. */
    private static boolean passes(Throwable failure) {
        return failure instanceof RejectedExecutionException
                || failure instanceof OutOfDescriptorsException
                || failure instanceof OutOfMemoryError;
    }
}
