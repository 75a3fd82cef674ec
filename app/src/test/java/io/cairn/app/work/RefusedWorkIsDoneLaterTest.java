package io.cairn.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.net.NodeLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Work that the node's parts offload while the workers' queue is full. */
final class RefusedWorkIsDoneLaterTest {
    private static final int TASKS = 20;

    @Test
    void everyFutureCompletesWithWhatTheWorkGave() throws Exception {
        try (NodeLoop loop = NodeLoop.start(1, 1)) {
            Work work = new Work(loop, loop::isLoopThread);
            CountDownLatch busy = new CountDownLatch(1);
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int task = 0; task < TASKS; task++) {
                int number = task;
                results.add(work.onLoop(() -> work.offload(() -> {
                    busy.await();
                    if (number == TASKS - 1) {
                        throw new IOException("the disk is full");
                    }
                    return number;
                })));
            }
            // the queue is full once the loop has offered the last task
            assertThat(work.onLoop(() -> CompletableFuture.completedFuture(true))
                            .get(30, TimeUnit.SECONDS))
                    .isTrue();
            busy.countDown();
            for (int task = 0; task < TASKS - 1; task++) {
                assertThat(results.get(task).get(30, TimeUnit.SECONDS)).isEqualTo(task);
            }
            assertThat(results.get(TASKS - 1))
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("the disk is full");
        }
    }
}
