package io.cairn.transfer.swarm.peer;

import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.hashing.OutOfDescriptorsException;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.util.concurrent.RejectedExecutionException;

/** What a peer is told about a chunk that could not be read. */
public final class ReadFailure {
    private ReadFailure() {}

    /** The reason to give: {@code BUSY} only for what passes by itself, since the peer then asks for the same chunk again. */
    public static RefusalReason reason(Throwable failure) {
        if (failure instanceof ContentChangedException) {
            return RefusalReason.CHANGED;
        }
        return passes(failure) ? RefusalReason.BUSY : RefusalReason.NOT_HAD;
    }

    /** Workers, file descriptors, and memory are free again a moment later. */
    private static boolean passes(Throwable failure) {
        return failure instanceof RejectedExecutionException
                || failure instanceof OutOfDescriptorsException
                || failure instanceof OutOfMemoryError;
    }
}
