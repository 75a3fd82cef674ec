package io.cairn.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.net.NodeLoop;
import io.cairn.testing.PolledCondition;
import io.cairn.testing.VirtualLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node may rely on: one contract for the real loop, the loop of tests and the loop of a simulated host. */
@Timeout(60)
class SchedulersKeepTheirContractTest {
    private static final int WORKERS = 2;
    private static final int QUEUE_MAX = NodeLoop.WORK_QUEUE_MAX;

    private static final class VirtualScheduler extends VirtualLoop<Timer> implements Scheduler {
        @Override
        protected Timer timer(Runnable cancel) {
            return cancel::run;
        }
    }

    @Nested
    class OfTheRealLoop extends Contract {
        private final NodeLoop loop = NodeLoop.start(WORKERS, QUEUE_MAX);

        @AfterEach
        void close() {
            loop.close();
        }

        @Override
        Scheduler scheduler() {
            return loop;
        }

        @Override
        void awaits(BooleanSupplier condition) throws Exception {
            PolledCondition.await(loop::schedule, condition);
        }
    }

    @Nested
    class OfTheVirtualLoop extends Contract {
        private final VirtualScheduler loop = new VirtualScheduler();

        OfTheVirtualLoop() {
            loop.work(1, WORKERS, QUEUE_MAX);
        }

        @Override
        Scheduler scheduler() {
            return loop;
        }

        @Override
        void awaits(BooleanSupplier condition) {
            assertThat(loop.runUntil(condition, 10_000)).isTrue();
        }
    }

    @Nested
    class OfASimulatedHost extends Contract {
        private final EventQueue events = new EventQueue();
        private final Scheduler host = new SimulatedNetwork(events, new SplittableRandom(7), new LinkModel(10, 0, 0))
                .attach(SimulatedNetwork.endpoint(0))
                .scheduler();

        @Override
        Scheduler scheduler() {
            return host;
        }

        @Override
        void awaits(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                assertThat(events.step(10_000)).isTrue();
            }
        }
    }

    abstract static class Contract {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        abstract Scheduler scheduler();

        abstract void awaits(BooleanSupplier condition) throws Exception;

        @Test
        void tasksRunLaterAndInOrder() throws Exception {
            scheduler().execute(() -> {
                scheduler().execute(() -> seen.add("later"));
                seen.add("first");
            });
            scheduler().execute(() -> seen.add("second"));
            awaits(() -> seen.size() == 3);
            assertThat(seen.indexOf("first")).isZero();
            assertThat(seen.indexOf("later")).isPositive();
            assertThat(seen).contains("second");
        }

        @Test
        void timersRunByTheirDelaysUnlessCancelled() throws Exception {
            scheduler().execute(() -> {
                scheduler().schedule(40, () -> seen.add("last"));
                Timer cancelled = scheduler().schedule(10, () -> seen.add("cancelled"));
                scheduler().schedule(0, () -> seen.add("first"));
                cancelled.cancel();
                cancelled.cancel();
            });
            awaits(() -> seen.contains("last"));
            assertThat(seen).containsExactly("first", "last");
            assertThatIllegalArgumentException().isThrownBy(() -> scheduler().schedule(-1, () -> {}));
        }

        @Test
        void whatBecameOfWorkIsToldOnceAndOnTheLoop() throws Exception {
            scheduler().execute(() -> {
                scheduler().offload(() -> 1, (result, failure) -> seen.add(result + " " + failure));
                scheduler()
                        .offload(
                                () -> {
                                    throw new IOException("broken");
                                },
                                (result, failure) -> seen.add(result + " " + failure));
                seen.add("asked");
            });
            awaits(() -> seen.size() == 3);
            scheduler().schedule(20, () -> seen.add("end"));
            awaits(() -> seen.contains("end"));
            assertThat(seen)
                    .containsExactlyInAnyOrder("asked", "1 null", "null java.io.IOException: broken", "end")
                    .startsWith("asked");
        }

        @Test
        void aFullQueueRefusesWithoutRunningTheWork() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            scheduler().execute(() -> {
                for (int piece = 0; piece < WORKERS + QUEUE_MAX + 3; piece++) {
                    scheduler()
                            .offload(
                                    () -> gate.await(30, TimeUnit.SECONDS) && seen.add("ran"),
                                    (result, failure) -> seen.add(
                                            failure instanceof RejectedExecutionException ? "refused" : "done"));
                }
                seen.add("asked");
                scheduler().execute(gate::countDown);
            });
            awaits(() -> seen.size() == 1 + 3 + 2 * (WORKERS + QUEUE_MAX));
            assertThat(seen).startsWith("asked");
            assertThat(Collections.frequency(seen, "refused")).isEqualTo(3);
            assertThat(Collections.frequency(seen, "done")).isEqualTo(WORKERS + QUEUE_MAX);
        }
    }
}
