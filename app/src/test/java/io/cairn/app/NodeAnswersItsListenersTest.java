package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeAnswersItsListenersTest {
    @TempDir
    Path folder;

    /** A stage on a node's future may run on the node's own thread; a query there must not wait for that thread. */
    @Test
    void aListenerMayAskTheNodeThatCallsIt() throws Exception {
        NodeConfig config = NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build();
        try (Node node = LocalNode.start(config)) {
            CompletableFuture<Integer> peers = new CompletableFuture<>();
            node.find(Key.ofContent(new byte[0]))
                    .completion()
                    .thenAccept(report -> peers.complete(node.peers().size()))
                    .get(30, TimeUnit.SECONDS);
            assertThat(peers.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(node.joined().thenApply(count -> node.shares()).get(30, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }
}
