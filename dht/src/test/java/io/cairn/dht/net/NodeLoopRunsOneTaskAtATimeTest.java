package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.env.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeLoopRunsOneTaskAtATimeTest {
    private final NodeLoop loop = NodeLoop.start(2, 4);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasksOfManyThreadsRunAloneOnTheNamedThread() {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean wrong = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(4_000);
        IntStream.range(0, 4_000)
                .parallel()
                .forEach(i -> loop.execute(() -> {
                    if (inside.incrementAndGet() != 1
                            || !Thread.currentThread().getName().equals("cairn-node")
                            || !loop.isLoopThread()) {
                        wrong.set(true);
                    }
                    inside.decrementAndGet();
                    done.countDown();
                }));
        Await.until("all tasks ran", () -> done.getCount() == 0);
        assertThat(wrong).isFalse();
        assertThat(loop.isLoopThread()).isFalse();
    }

    @Test
    void tasksRunInTheOrderGiven() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        Await.until("all tasks ran", () -> order.size() == 1_000);
        assertThat(order).isSorted();
    }

    @Test
    void timersRunAfterTheirDelayUnlessCancelled() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        loop.execute(() -> {
            Scheduler.Timer cancelled = loop.schedule(30, () -> ran.add("cancelled"));
            loop.schedule(60, () -> ran.add("late"));
            loop.schedule(0, () -> ran.add("early"));
            cancelled.cancel();
        });
        Await.until("the timers ran", () -> ran.contains("late"));
        assertThat(ran).containsExactly("early", "late");
        assertThatIllegalArgumentException().isThrownBy(() -> loop.schedule(-1, () -> {}));
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheLoop() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<String> after = new CompletableFuture<>();
        loop.execute(() -> after.complete("alive"));
        assertThat(after.get(Await.DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("alive");
    }

    @Test
    void workRunsElsewhereAndComesBackToTheLoop() throws Exception {
        CompletableFuture<String> good = new CompletableFuture<>();
        loop.offload(
                () -> Thread.currentThread().getName(),
                (result, failure) -> good.complete(result + " " + loop.isLoopThread()));
        assertThat(good.get(Await.DEADLINE_SECONDS, TimeUnit.SECONDS)).matches("cairn-worker-\\d+ true");
        CompletableFuture<Throwable> bad = new CompletableFuture<>();
        loop.offload(
                () -> {
                    throw new IOException("on purpose");
                },
                (result, failure) -> bad.complete(failure));
        assertThat(bad.get(Await.DEADLINE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void tooMuchWorkIsRefusedOnTheLoop() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            loop.offload(
                    () -> gate.await(Await.DEADLINE_SECONDS, TimeUnit.SECONDS),
                    (result, failure) ->
                            (failure instanceof RejectedExecutionException ? refused : done).incrementAndGet());
        }
        Await.until("what is beyond two workers and four places was refused", () -> refused.get() == 4);
        gate.countDown();
        Await.until("the others were done", () -> done.get() == 6);
    }

    @Test
    void closingWaitsForWorkAndDropsWhatComesLater() {
        AtomicInteger results = new AtomicInteger();
        AtomicBoolean late = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            loop.offload(() -> 1, (result, failure) -> results.incrementAndGet());
        }
        loop.schedule(3_600_000, () -> late.set(true));
        loop.close();
        assertThat(results).hasValue(4);
        loop.execute(() -> late.set(true));
        loop.schedule(0, () -> late.set(true)).cancel();
        loop.offload(() -> 1, (result, failure) -> late.set(true));
        loop.close();
        assertThat(late).isFalse();
    }

    @Test
    void theLoopMayCloseItself() {
        CountDownLatch closed = new CountDownLatch(1);
        loop.execute(() -> {
            loop.close();
            closed.countDown();
        });
        Await.until("the loop closed itself", () -> closed.getCount() == 0);
    }
}
