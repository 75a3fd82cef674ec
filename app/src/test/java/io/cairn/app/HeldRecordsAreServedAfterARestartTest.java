package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldRecordsAreServedAfterARestartTest {
    @TempDir
    Path folder;

    @Test
    void alsoWhenTheirPublisherIsGone() throws Exception {
        byte[] bytes = new byte[700_000];
        new Random(2).nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        Key hash;
        NodeId publisher;
        int held;
        try (Node holder = start("holder", List.of())) {
            try (Node sharer = start("sharer", List.of(endpoint(holder)))) {
                sharer.joined().get(30, TimeUnit.SECONDS);
                publisher = sharer.info().node();
                hash = sharer.share(file)
                        .completion()
                        .get(30, TimeUnit.SECONDS)
                        .share()
                        .hash();
            }
            held = holder.statistics().dht().recordsHeld();
            assertThat(held).isPositive();
        }
        try (Node again = start("holder", List.of());
                Node seeker = start("seeker", List.of(endpoint(again)))) {
            seeker.joined().get(30, TimeUnit.SECONDS);
            BlockingQueue<Provider> found = new LinkedBlockingQueue<>();
            Operation<Provider, SearchReport> search = seeker.find(hash);
            search.events(found::add);
            search.completion().get(30, TimeUnit.SECONDS);

            assertThat(found).singleElement().matches(provider -> provider.id().equals(publisher));
            assertThat(again.statistics().dht().recordsHeld()).isEqualTo(held);
            assertThat(again.statistics().records().saveFailures()).isZero();
        }
    }

    private Node start(String name, List<String> bootstrap) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("test")
                .lan(false)
                .build());
    }

    private static String endpoint(Node node) {
        return "127.0.0.1:" + node.info().port();
    }
}
