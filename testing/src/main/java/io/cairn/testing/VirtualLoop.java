package io.cairn.testing;

import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop in virtual time: its clock jumps from task to task, and stands still until a test runs it. Nothing runs within the call that
 * requests it: a task, a piece of work and the callback with its result are each one turn of the loop, in the order they were requested.
 * Work takes no time and may be refused. For one thread.
 *
 * <p>Its methods are those of the ports for time and for the loop, which this module does not know: the tests of a module implement both
 * with {@code final class Loop extends VirtualLoop<Timer> implements Clock, Scheduler}.
 *
 * @param <T> the type of timers
 */
public abstract class VirtualLoop<T> extends ManualClock {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long made;
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

    /** Runs the work in one turn, and passes its result on in another. */
    public <V extends @Nullable Object> void offload(
            Callable<V> work, BiConsumer<@Nullable V, @Nullable Throwable> done) {
        if (refusals > 0) {
            refusals--;
            execute(() -> done.accept(null, new RejectedExecutionException("the queue is full")));
            return;
        }
        execute(() -> {
            V result;
            try {
                result = work.call();
            } catch (Exception failure) {
                execute(() -> done.accept(null, failure));
                return;
            }
            execute(() -> done.accept(result, null));
        });
    }

    /** Refuses this many of the next pieces of work. */
    public void refuse(int pieces) {
        refusals = pieces;
    }

    /** The number of waiting tasks and timers. */
    public int waiting() {
        return tasks.size();
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
