package io.cairn.transfer.store;

import java.nio.file.Path;

/** Hears how far what is at a target has been compared with the share that is to be there. Called on the thread that opens. */
public interface TargetComparison {
    /** So many bytes are right so far: told with every chunk. */
    void compared(Path target, long bytes);

    /** Whether nobody waits for the answer any more. */
    boolean isCancelled();
}
