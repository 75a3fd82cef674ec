package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundFetchesWaitForProvidersTest {
    private static final int DEADLINE_SECONDS = 90;

    @TempDir
    Path folder;

    @Test
    void andAreKeptOverARestartWhileOthersFailAtOnce() throws Exception {
        try (Node node = start()) {
            Fetch awaited = node.fetch(options(1, false));
            BlockingQueue<FetchEvent> events = new LinkedBlockingQueue<>();
            Fetch background = node.fetch(options(2, true));
            background.events(events::add);
            assertThat(awaited.completion())
                    .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("cannot fetch " + hash(1).toHex());
            assertThat(awaited.status().state()).isEqualTo(FetchState.FAILED);
            FetchEvent event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            while (event != null && !(event instanceof FetchEvent.RetriedLater)) {
                event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(event).isInstanceOf(FetchEvent.RetriedLater.class);
            assertThat(background.status().state()).isEqualTo(FetchState.WAITING);
            assertThat(background.completion()).isNotDone();
        }
        try (Node again = start()) {
            assertThat(again.takeUpFetches().get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .singleElement()
                    .satisfies(fetch -> assertThat(fetch.hash()).isEqualTo(hash(2)));
        }
    }

    private Node start() throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    private FetchOptions options(int number, boolean retried) {
        return FetchOptions.to(new FetchTarget(hash(number), "", -1, List.of()), folder.resolve("file" + number))
                .retried(retried)
                .build();
    }

    private static Key hash(int number) {
        return Key.ofContent(new byte[] {(byte) number});
    }
}
