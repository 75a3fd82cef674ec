package io.cairn.shell.command.node;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * Collects garbage when the process rests after work, so that a daemon gives back the memory that its start or a transfer needed. Left
 * alone, a node that rests would fill its heap so slowly that it kept that memory for hours.
 */
final class MemoryAtRest {
    private static final long LOOK_MILLIS = 15_000;

    /** The process rests if it used less processor time than this since the last look: 2 % of a core. */
    private static final Duration REST = Duration.ofMillis(300);

    /** Processor time after which a collection, which takes some 0.05 s, is worth it. */
    private static final Duration WORK = Duration.ofSeconds(1);

    private final Supplier<Duration> processorTime;
    private final Runnable collection;
    private Duration seen = Duration.ZERO;
    private Duration collected = Duration.ZERO;

    /** @param processorTime that the process has used so far */
    MemoryAtRest(Supplier<Duration> processorTime, Runnable collection) {
        this.processorTime = processorTime;
        this.collection = collection;
    }

    /** Watches this process until it ends. */
    static void watch() {
        MemoryAtRest memory = new MemoryAtRest(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO), System::gc);
        new Timer("cairn-memory-at-rest", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                memory.look();
                            }
                        },
                        LOOK_MILLIS,
                        LOOK_MILLIS);
    }

    void look() {
        Duration now = processorTime.get();
        boolean rests = now.minus(seen).compareTo(REST) < 0;
        seen = now;
        if (rests && now.minus(collected).compareTo(WORK) >= 0) {
            collection.run();
            collected = processorTime.get();
        }
    }
}
