package io.cairn.transfer.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A process that embeds a node gets its threads back. */
final class NoThreadOutlivesANetworkTest {
    @Test
    void afterCloseNoThreadOfNettysIsLeft() throws Exception {
        Set<Thread> before = nettys();
        Set<Thread> during;
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled.dial(a, b.endpoint(), null).connection();
            accepted.connection();
            during = nettys();
            during.removeAll(before);
            assertThat(during).isNotEmpty();
        }
        Set<Thread> after = nettys();
        after.removeAll(before);
        after.removeAll(during); // these have finished their work and are ending
        assertThat(after).as("begun by closing").isEmpty();
        for (Thread thread : during) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static Set<Thread> nettys() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread instanceof FastThreadLocalThread
                        || thread.getName().startsWith("globalEventExecutor"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
