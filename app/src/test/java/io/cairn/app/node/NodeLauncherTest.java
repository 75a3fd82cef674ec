package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLauncherTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    /** Only the first node gets the prepared certificate; both nodes can communicate. */
    @Test
    void aNodeWithAHeadStartAndOneWithoutFetchFromEachOther() throws Exception {
        byte[] bytes = "what was shared".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        Path source = Files.write(folder.resolve("source"), bytes);
        NodeLauncher launcher = new NodeLauncher();
        launcher.begin();
        try (Node sender = launcher.start(config("sender", List.of()))) {
            Key hash = sender.share(source)
                    .completion()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .share()
                    .hash();
            Endpoint at =
                    new Endpoint(InetAddress.getLoopbackAddress(), sender.info().port());
            try (Node receiver = launcher.start(config("receiver", List.of(at.toString())))) {
                Path target = folder.resolve("target");
                receiver.fetch(FetchOptions.to(new FetchTarget(hash, "", -1, List.of(at)), target)
                                .build())
                        .completion()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(target).hasBinaryContent(bytes);
            }
        }
    }

    private NodeConfig config(String name, List<String> bootstrap) {
        return NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("test")
                .lan(false)
                .build();
    }
}
