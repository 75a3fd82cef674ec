package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so; work is done at once. */
final class VirtualTime implements Clock, Scheduler {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long nowMillis;

    void run(long millis) {
        long end = nowMillis + millis;
        for (Due next = due.peek(); next != null && next.atMillis <= end; next = due.peek()) {
            due.remove(next);
            nowMillis = next.atMillis;
            next.task.run();
        }
        nowMillis = end;
    }

    @Override
    public long wallMillis() {
        return nowMillis;
    }

    @Override
    public long monotonicMillis() {
        return nowMillis;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        Due timer = new Due(nowMillis + delayMillis, task);
        due.add(timer);
        return () -> due.remove(timer);
    }

    @Override
    public <T extends @Nullable Object> void offload(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        try {
            done.accept(work.call(), null);
        } catch (Exception failure) {
            done.accept(null, failure);
        }
    }

    private record Due(long atMillis, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }
}
