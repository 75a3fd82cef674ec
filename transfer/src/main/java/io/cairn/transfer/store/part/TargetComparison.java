package io.cairn.transfer.store.part;

import java.nio.file.Path;

/** Follows the comparison of an existing target with a share. Called on the thread that opens the fetch. */
public interface TargetComparison {
    /** Reports, after every chunk, the number of bytes found intact so far. */
    void compared(Path target, long bytes);

    /** Whether to stop, because the result is no longer needed. */
    boolean isCancelled();
}
