package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedFetchesSayWhatIsHereTest {
    private static final int BYTES = 24 << 20;
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void whatTheNextRunFindsIsWhatWasSaid() throws Exception {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        try (Node sharer = start("sharer");
                Node fetcher = start("fetcher")) {
            Key hash = sharer.share(file)
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .share()
                    .hash();
            Endpoint peer =
                    new Endpoint(InetAddress.getLoopbackAddress(), sharer.info().port());
            FetchOptions options = FetchOptions.to(new FetchTarget(hash, "", -1, List.of(peer)), folder.resolve("copy"))
                    .build();
            long said = 0;
            for (int run = 0; run < 3; run++) {
                CompletableFuture<FetchEvent.ManifestArrived> begun = new CompletableFuture<>();
                Fetch fetch = fetcher.fetch(options);
                fetch.events(event -> {
                    if (event instanceof FetchEvent.ManifestArrived arrived) {
                        begun.complete(arrived);
                    }
                });
                assertThat(begun.get(DEADLINE_SECONDS, TimeUnit.SECONDS).resumedBytes())
                        .as("what is here at the start of run %d", run)
                        .isEqualTo(said);
                fetch.stop();
                assertThat(fetch.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
                said = fetch.status().verifiedBytes();
                assertThat(fetch.status().totalBytes()).isEqualTo(BYTES);
            }
        }
    }

    private Node start(String name) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }
}
