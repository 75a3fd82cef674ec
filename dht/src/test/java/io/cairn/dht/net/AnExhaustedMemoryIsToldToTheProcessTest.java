package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.env.OutOfMemory;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnExhaustedMemoryIsToldToTheProcessTest {
    private static final int DEADLINE_SECONDS = 60;

    private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    private final OutOfMemoryError error = new OutOfMemoryError("thrown by a test");

    private final Thread.@Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @BeforeEach
    void listen() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> told.add(failure));
    }

    @AfterEach
    void listenNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void byTasksTimersAndWorkers() throws Exception {
        try (NodeLoop loop = NodeLoop.start()) {
            loop.execute(() -> {
                throw error;
            });
            assertThat(told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isSameAs(error);
            loop.schedule(1, () -> {
                throw error;
            });
            assertThat(told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isSameAs(error);
            loop.offload(
                    () -> {
                        throw new IOException("cannot hash", error);
                    },
                    (result, failure) -> {});
            assertThat(told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isSameAs(error);
        }
    }

    @Test
    void andNoOtherFailureIs() {
        OutOfMemory.check(new IllegalStateException(new StackOverflowError()));
        OutOfMemory.check(null);
        OutOfMemory.check(
                new OutOfMemoryError("failed to allocate 4194304 byte(s) of direct memory (used: 1, max: 2)"));
        OutOfMemory.check(
                new OutOfMemoryError("Cannot reserve 8 bytes of direct buffer memory (allocated: 1, limit: 2)"));
        assertThat(told).isEmpty();
    }
}
