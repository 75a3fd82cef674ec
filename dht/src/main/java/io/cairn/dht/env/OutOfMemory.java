package io.cairn.dht.env;

import org.jspecify.annotations.Nullable;

/**
 * Reports to the process that its heap is exhausted. The work that hit the limit is half done, so a program that owns the process ends it
 * in its handler of uncaught exceptions ({@link Thread#setDefaultUncaughtExceptionHandler}). Without one, Java prints the error and the
 * thread continues: a library does not end its host's process.
 *
 * <p>Direct memory is different. Its limit refuses one buffer and leaves everything else intact, so the caller fails that one piece of
 * work; and peers that do not read can exhaust it, so it must not end the process.
 */
public final class OutOfMemory {
    private static final int CAUSES_MAX = 16;

    private OutOfMemory() {}

    /**
     * Passes an {@link OutOfMemoryError} to the thread's handler of uncaught exceptions, even if it is only a cause of the failure. Call it
     * wherever code continues after an error.
     */
    public static void check(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                if (isOfDirectMemory(error)) {
                    return;
                }
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
                return;
            }
            cause = cause.getCause();
        }
    }

    /** Matches the messages of Netty ("direct memory") and of Java ("direct buffer memory"), which has no type of its own for it. */
    private static boolean isOfDirectMemory(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("direct memory") || message.contains("direct buffer memory");
    }
}
