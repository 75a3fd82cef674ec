package io.cairn.dht.env;

import org.jspecify.annotations.Nullable;

/**
 * Tells the process that its memory is exhausted. Whatever ran into that left its work half done, so a program that owns the process ends
 * it in its handler of uncaught exceptions ({@link Thread#setDefaultUncaughtExceptionHandler}). Without one, Java prints the error and
 * the thread goes on: a library does not end the process of its host.
 */
public final class OutOfMemory {
    private static final int CAUSES_MAX = 16;

    private OutOfMemory() {}

    /**
     * Passes an {@link OutOfMemoryError} to the thread's handler of uncaught exceptions, also one that is only the cause of the failure. For
     * each place that would go on after an error.
     */
    public static void check(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
                return;
            }
            cause = cause.getCause();
        }
    }
}
