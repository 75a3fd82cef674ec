package io.cairn.dht.env;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a process does when its memory is exhausted. Whatever ran into that left its work half done, so a program that owns the process ends
 * it: {@link #onOutOfMemory}. Without that nothing happens here, since a library does not end the process of its host.
 */
public final class OutOfMemory {
    private static final int CAUSES_MAX = 16;

    private static volatile Consumer<OutOfMemoryError> hook = error -> {};

    private OutOfMemory() {}

    /** Names what is to be done, on whichever thread has no memory. It gets by with almost none itself, and may be called several times. */
    public static void onOutOfMemory(Consumer<OutOfMemoryError> handler) {
        hook = handler;
    }

    /** Passes an {@link OutOfMemoryError} on, also one that is only the cause of the failure. For each place that would go on after an error. */
    public static void check(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                hook.accept(error);
                return;
            }
            cause = cause.getCause();
        }
    }
}
