package io.cairn.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One node fetches from another over loopback, and both have tracing on. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OnlyNamedNodesAreFollowedTest {
    @TempDir
    Path folder;

    @Test
    void aNodeThatIsNotNamedIsNotFollowed() throws Exception {
        fetch(NodeId.random(new SplittableRandom(1)));
        assertThat(Files.readString(folder.resolve("fetching.json")))
                .contains("\"fetch\"", "\"lookup\"", "\"dial\"", "\"cairn.Peer/Want\"");
        assertThat(folder.resolve("sharing.json")).isEmptyFile();
    }

    @Test
    void aNodeThatIsNamedIsFollowed() throws Exception {
        fetch(null);
        assertThat(Files.readString(folder.resolve("sharing.json")))
                .contains("\"cairn.Peer/ManifestRequest\"", "\"cairn.Peer/Want\"");
    }

    /** @param named the node whose traces the provider continues; null for the one that fetches */
    private void fetch(@Nullable NodeId named) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[600_000]);
        Path target = Files.createDirectory(folder.resolve("fetched"));
        try (Node fetching = start("fetching", List.of(), List.of())) {
            Endpoint known = new Endpoint(
                    InetAddress.getLoopbackAddress(), fetching.info().port());
            NodeId followed = named == null ? fetching.info().node() : named;
            try (Node sharing = start("sharing", List.of(known.toString()), List.of(followed))) {
                var hash = sharing.share(file)
                        .completion()
                        .get(30, TimeUnit.SECONDS)
                        .share()
                        .hash();
                fetching.fetch(FetchOptions.into(fetching.resolve(hash.toHex()), target)
                                .build())
                        .completion()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private Node start(String name, List<String> bootstrap, List<NodeId> followed) throws Exception {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .lan(false)
                .trace(new TraceSettings(folder.resolve(name + ".json"), followed))
                .build());
    }
}
