package io.cairn.sim.kademlia;

import io.cairn.sim.network.EventQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Advances virtual time until something has happened, but not for ever: a time-out fails with the seed. */
final class Waiting {
    private static final long PATIENCE_MILLIS = 600_000;

    private final EventQueue events;
    private final long seed;

    Waiting(EventQueue events, long seed) {
        this.events = events;
        this.seed = seed;
    }

    /**
     * @throws IllegalStateException if the condition does not hold within ten minutes of virtual time
     */
    void until(BooleanSupplier condition) {
        long untilMillis = events.nowMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (!events.step(untilMillis)) {
                throw new IllegalStateException("condition not met within ten minutes, seed " + seed);
            }
        }
    }

    /**
     * The result of a stage.
     *
     * @throws IllegalStateException if it fails, or does not complete within ten minutes of virtual time
     */
    <T> T resultOf(CompletionStage<T> stage) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        stage.whenComplete((value, thrown) -> {
            result.set(value);
            failure.set(thrown);
        });
        until(() -> result.get() != null || failure.get() != null);
        T value = result.get();
        if (value == null) {
            throw new IllegalStateException("failed, seed " + seed, failure.get());
        }
        return value;
    }
}
