package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed node returns its network threads to the embedding program. */
final class NoThreadOutlivesANodeTest {
    private static final Set<String> NAMES = Set.of("cairn-tcp", "cairn-udp", "globalEventExecutor");

    @TempDir
    Path folder;

    @Test
    void afterCloseNoThreadOfNettysIsLeft() throws Exception {
        Set<Thread> before = networkThreads();
        Node node = LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
        Set<Thread> during = networkThreads();
        during.removeAll(before);
        assertThat(during).hasSizeGreaterThanOrEqualTo(2);
        node.close();
        Set<Thread> after = networkThreads();
        after.removeAll(before);
        after.removeAll(during); // these have finished their work and are ending
        assertThat(after).as("begun by closing").isEmpty();
        for (Thread thread : during) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static Set<Thread> networkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> NAMES.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }
}
