package io.cairn.shell;

import io.cairn.dht.env.OutOfMemory;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its memory is exhausted, with a message and exit code 1: a node that lost a task midway would be half alive.
 * Fetches and shares are on disk, as after a power cut. All objects needed for this are allocated in advance.
 */
final class MemoryExhausted implements Thread.UncaughtExceptionHandler {
    private static final int EXIT_CODE = 1;
    private static final int RESERVE_BYTES = 1 << 20;
    private static final String MESSAGE = """
            error: cairn has no memory left
            why:   Java ran out of the memory it was given
            next:  start it again: a fetch goes on from what is on disk; if that repeats, share or fetch less at once
            """;

    private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
    private final byte[] message = MESSAGE.getBytes(StandardCharsets.UTF_8);
    private final AtomicReference<byte @Nullable []> reserve = new AtomicReference<>(new byte[RESERVE_BYTES]);

    /** Installs the handler for every thread of the process. */
    static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler(new MemoryExhausted());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            end();
        }
        OutOfMemory.check(failure.getCause());
        LoggerFactory.getLogger(MemoryExhausted.class).error("the thread {} ended", thread.getName(), failure);
    }

    private synchronized void end() {
        reserve.set(null);
        try {
            stderr.write(message);
        } catch (IOException nobodyReads) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
