package io.cairn.app;

import io.cairn.app.node.LocalNode;
import io.cairn.transfer.content.manifest.Manifest;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Creates manifests of files, as a node does. */
public final class Hashed {
    private Hashed() {}

    public static Manifest manifest(Path file) throws Exception {
        NodeConfig config = NodeConfig.builder(file.resolveSibling("hashing"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("h")
                .lan(false)
                .build();
        try (Node node = LocalNode.start(config)) {
            FetchTarget shared = new FetchTarget(
                    node.share(file)
                            .completion()
                            .get(60, TimeUnit.SECONDS)
                            .share()
                            .hash(),
                    "",
                    -1,
                    List.of());
            return node.manifest(shared).get(60, TimeUnit.SECONDS);
        }
    }
}
