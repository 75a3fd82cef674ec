package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AFetchSaysHowItStandsWhileNothingChangesTest {
    private static final int LOOKUP_SECONDS = 4;

    @TempDir
    Path folder;

    @Test
    void theLookUpIsToldAgainEachSecond() throws Exception {
        try (Node node = LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build())) {
            Queue<FetchEvent> events = new ConcurrentLinkedQueue<>();
            FetchTarget nobodyHasIt = new FetchTarget(Key.ofContent(new byte[] {9}), "", -1, List.of());
            Fetch fetch = node.fetch(FetchOptions.to(nobodyHasIt, folder.resolve("file"))
                    .timeouts(new FetchOptions.Timeouts(LOOKUP_SECONDS, 30))
                    .build());
            fetch.events(events::add);
            assertThat(fetch.completion()).failsWithin(90, TimeUnit.SECONDS);
            assertThat(events.stream().filter(FetchEvent.Lookup.class::isInstance))
                    .hasSizeGreaterThanOrEqualTo(LOOKUP_SECONDS - 1);
        }
    }
}
