package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NetworkThreadTest {
    @Test
    void aNetworkThatIsClosedMeanwhileIsNoFaultOfWhoHandsOver() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        NetworkThread.run(thread, () -> {
            runs.incrementAndGet();
            ran.countDown();
        });
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        thread.shutdownNow();
        NetworkThread.run(thread, runs::incrementAndGet);
        assertThat(runs).hasValue(1);
    }
}
