package io.cairn.dht.node;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A loop whose time passes when a test says so, and a network that leads nowhere. */
final class ManualLoop implements Clock, Scheduler, Network {
    private static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number));
    private long nowMillis;
    private long count;
    private int refusals;

    private record Task(long atMillis, long number, Runnable run) {}

    Environment environment(@Nullable RecordJournal journal) {
        return new Environment(this, this, this, new SplittableRandom(1), journal);
    }

    /** Lets time pass and runs what comes due. */
    void run(long millis) {
        long untilMillis = nowMillis + millis;
        for (Task next = tasks.peek(); next != null && next.atMillis() <= untilMillis; next = tasks.peek()) {
            tasks.remove();
            nowMillis = next.atMillis();
            next.run().run();
        }
        nowMillis = untilMillis;
    }

    /** So many pieces of work from now on are refused. */
    void refuse(int pieces) {
        refusals = pieces;
    }

    /** How many tasks and timers wait. */
    int waiting() {
        return tasks.size();
    }

    @Override
    public long wallMillis() {
        return EPOCH_MILLIS + nowMillis;
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
    public Timer schedule(long delayMillis, Runnable run) {
        Task task = new Task(nowMillis + delayMillis, count++, run);
        tasks.add(task);
        return () -> tasks.remove(task);
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
                done.accept(null, failure);
                return;
            }
            done.accept(result, null);
        });
    }

    @Override
    public void send(Endpoint to, Packet packet) {}

    @Override
    public void sendToLocalNetwork(Packet packet) {}

    @Override
    public void listen(Receiver receiver) {}
}
