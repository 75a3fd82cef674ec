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
 * Ends the process when its memory is exhausted, with a message and exit code 1: a node that lost a task in the middle would be half alive.
 * What was fetched and shared is on disk, as after a power cut. All that this needs is made beforehand.
 */
final class MemoryExhausted {
    private static final int EXIT_CODE = 1;
    private static final int RESERVE_BYTES = 1 << 20;
    private static final byte[] MESSAGE = """
            error: cairn has no memory left
            why:   Java ran out of the memory it was given
            next:  start it again: a fetch goes on from what is on disk; if that repeats, share or fetch less at once
            """.getBytes(StandardCharsets.UTF_8);

    private static final AtomicReference<byte @Nullable []> RESERVE = new AtomicReference<>(new byte[RESERVE_BYTES]);

    private MemoryExhausted() {}

    /** From now on, for every thread of the process. */
    static void endsTheProcess() {
        FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
        OutOfMemory.onOutOfMemory(error -> end(stderr));
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            OutOfMemory.check(failure);
            LoggerFactory.getLogger(MemoryExhausted.class).error("the thread {} ended", thread.getName(), failure);
        });
    }

    private static synchronized void end(FileOutputStream stderr) {
        RESERVE.set(null);
        try {
            stderr.write(MESSAGE);
        } catch (IOException nobodyReads) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
