package io.cairn.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop in virtual time: its clock jumps from task to task, and stands still until a test lets it run. Nothing runs within the call that
 * requests it: a task, a piece of work and the callback with its result are each one turn of the loop, in the order they were requested.
 * As in reality, work takes time, a few workers share it, and a full queue refuses it. For one thread.
 *
 * <p>Its methods are those of the ports for time and for the loop, which this module does not know: the tests of a module implement both
 * with {@code final class Loop extends VirtualLoop<Timer> implements Clock, Scheduler}.
 *
 * @param <T> the type of timers
 */
public abstract class VirtualLoop<T> extends ManualClock {
    private static final long SETTLING_MILLIS_MAX = 60_000;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long made;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int workers = 2;
    private int queueMax = 4_096;
    private long workMillis = 1;
    private int working;
    private int refusals;

    /** Creates a timer from its cancel action. */
    protected abstract T timer(Runnable cancel);

    /** Runs the task after all tasks due now. */
    public void execute(Runnable task) {
        add(0, task);
    }

    /** Runs the task after a delay. */
    public T schedule(long delayMillis, Runnable task) {
        Task added = add(delayMillis, task);
        return timer(() -> tasks.remove(added));
    }

    /** Runs the work as soon as a worker is free, and passes its result on in another turn. */
    public <V extends @Nullable Object> void offload(
            Callable<V> work, BiConsumer<@Nullable V, @Nullable Throwable> done) {
        if (refusals > 0 || working == workers && queue.size() >= queueMax) {
            refusals = Math.max(0, refusals - 1);
            execute(() -> done.accept(null, new RejectedExecutionException("the queue is full")));
            return;
        }
        queue.addLast(() -> complete(work, done));
        work();
    }

    /**
     * From now on, the pool is of this size.
     *
     * @param newWorkMillis what each piece of work takes
     * @param newQueueMax pieces of work that may wait for a worker; more are refused
     */
    public void work(long newWorkMillis, int newWorkers, int newQueueMax) {
        workMillis = newWorkMillis;
        workers = newWorkers;
        queueMax = newQueueMax;
    }

    /** Refuses this many of the next pieces of work. */
    public void refuse(int pieces) {
        refusals = pieces;
    }

    /** The number of waiting tasks, timers and pieces of work. */
    public int waiting() {
        return tasks.size() + queue.size();
    }

    /** Runs all work in progress, and all that follows from it at once, to its end; timers wait. */
    public void settle() {
        boolean unused = runUntil(() -> working == 0 && !isDue(), SETTLING_MILLIS_MAX);
    }

    /** Runs what is due now. */
    public void runDue() {
        run(0);
    }

    /** Advances time and runs what falls due. */
    public void run(long millis) {
        boolean unused = runUntil(() -> false, millis);
    }

    /** Advances time until a condition holds, at most by {@code millisMax}; returns whether it holds. */
    public boolean runUntil(BooleanSupplier condition, long millisMax) {
        long endMillis = monotonicMillis() + millisMax;
        while (!condition.getAsBoolean()) {
            Task next = tasks.peek();
            if (next == null || next.atMillis > endMillis) {
                advance(endMillis - monotonicMillis());
                return condition.getAsBoolean();
            }
            tasks.remove();
            advance(next.atMillis - monotonicMillis());
            next.work.run();
        }
        return true;
    }

    private boolean isDue() {
        Task next = tasks.peek();
        return next != null && next.atMillis <= monotonicMillis();
    }

    private void work() {
        while (working < workers && !queue.isEmpty()) {
            working++;
            Runnable next = queue.removeFirst();
            add(workMillis, () -> {
                working--;
                next.run();
                work();
            });
        }
    }

    private <V extends @Nullable Object> void complete(
            Callable<V> work, BiConsumer<@Nullable V, @Nullable Throwable> done) {
        V result;
        try {
            result = work.call();
        } catch (Exception failure) {
            execute(() -> done.accept(null, failure));
            return;
        }
        execute(() -> done.accept(result, null));
    }

    private Task add(long delayMillis, Runnable work) {
        if (delayMillis < 0) {
            throw new IllegalArgumentException("a delay of " + delayMillis + " ms");
        }
        Task task = new Task(monotonicMillis() + delayMillis, made++, work);
        tasks.add(task);
        return task;
    }

    private record Task(long atMillis, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return atMillis == other.atMillis
                    ? Long.compare(number, other.number)
                    : Long.compare(atMillis, other.atMillis);
        }
    }
}
