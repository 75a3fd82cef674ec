package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class RehearsalEndsByItselfTest {
    private static final long MIB = 1024 * 1024;

    private final AtomicInteger chunks = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void afterSoManyBytes() throws Exception {
        try (RealNode node = RealNode.start()) {
            begin(node, 20 * MIB, () -> false);
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(chunks.get()).as("chunks verified").isBetween(12, 27);
        }
    }

    @Test
    void whenThereIsRealWork() throws Exception {
        try (RealNode node = RealNode.start()) {
            begin(node, Long.MAX_VALUE, () -> chunks.get() >= 3);
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(chunks.get()).isLessThan(20);
        }
    }

    private void begin(RealNode node, long bytes, BooleanSupplier enough) throws IOException {
        TransferConfig sample = new TransferConfig(
                node.identity,
                RealNode.NETWORK,
                List.of(InetAddress.getLoopbackAddress()),
                0,
                "test",
                TransferLimits.DEFAULT);
        Rehearsal begun = Rehearsal.begin(
                node,
                node,
                sample,
                bytes,
                () -> {
                    chunks.incrementAndGet();
                    return enough.getAsBoolean();
                },
                over::countDown);
        assertThat(begun).isNotNull();
    }
}
