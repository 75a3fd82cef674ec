package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A clock that jumps from task to task, and the loop of all nodes of a test. Work that is offloaded is done in no time, or refused. One thread. */
final class VirtualTime implements Clock, Scheduler {
    private static final long WALL_START = 1_700_000_000_000L;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowMillis;
    private long order;
    private int refusals;

    @Override
    public long wallMillis() {
        return WALL_START + nowMillis;
    }

    @Override
    public long monotonicMillis() {
        return nowMillis;
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        Task scheduled = new Task(nowMillis + delayMillis, order++, task);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    @Override
    public <T extends @Nullable Object> void offload(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        if (refusals > 0) {
            refusals--;
            execute(() -> done.accept(null, new RejectedExecutionException("the queue is full")));
            return;
        }
        execute(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception failure) {
                execute(() -> done.accept(null, failure));
                return;
            }
            execute(() -> done.accept(result, null));
        });
    }

    /** So many pieces of work from now on are refused. */
    void refuse(int count) {
        refusals = count;
    }

    /** Runs until something is so, at most for some virtual time; says whether it is so. */
    boolean runUntil(BooleanSupplier condition, long millisMax) {
        long end = nowMillis + millisMax;
        while (!condition.getAsBoolean()) {
            Task next = tasks.poll();
            if (next == null || next.atMillis > end) {
                if (next != null) {
                    tasks.add(next);
                }
                nowMillis = end;
                return condition.getAsBoolean();
            }
            nowMillis = next.atMillis;
            next.work.run();
        }
        return true;
    }

    void run(long millis) {
        boolean unused = runUntil(() -> false, millis);
    }

    private record Task(long atMillis, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return atMillis == other.atMillis
                    ? Long.compare(order, other.order)
                    : Long.compare(atMillis, other.atMillis);
        }
    }
}
