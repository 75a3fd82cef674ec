package io.cairn.app;

import io.cairn.transfer.content.Manifest;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Manifests of files, as a node makes them. */
final class Hashed {
    private Hashed() {}

    static Manifest manifest(Path file) throws Exception {
        NodeConfig config = new NodeConfig(
                file.resolveSibling("hashing"),
                0,
                true,
                List.of(InetAddress.getLoopbackAddress()),
                List.of(),
                "h",
                false);
        try (Node node = LocalNode.start(config)) {
            FetchTarget shared = new FetchTarget(
                    node.share(file, hashed -> {})
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
