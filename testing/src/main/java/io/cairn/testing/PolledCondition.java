package io.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Waits for a condition that a real loop checks, every few milliseconds and on its own thread. */
public final class PolledCondition {
    private static final long EVERY_MILLIS = 5;
    private static final long SECONDS_MAX = 20;

    private PolledCondition() {}

    /**
     * Returns once the condition holds; fails the test if it does not within 20 seconds.
     *
     * @param schedule runs a task on the loop after a delay in milliseconds
     */
    public static void await(BiConsumer<Long, Runnable> schedule, BooleanSupplier condition) throws Exception {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        poll(schedule, condition, held);
        assertThat(held.get(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    private static void poll(
            BiConsumer<Long, Runnable> schedule, BooleanSupplier condition, CompletableFuture<Boolean> held) {
        if (condition.getAsBoolean()) {
            held.complete(true);
        } else {
            schedule.accept(EVERY_MILLIS, () -> poll(schedule, condition, held));
        }
    }
}
