package io.cairn.samples.outsider;

import io.cairn.app.CairnException;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes of one network on loopback. */
final class Member {
    static final String NETWORK = "lab";

    private Member() {}

    /**
     * @param key null for an open network
     * @param port 0 for any
     */
    static Node start(Path data, @Nullable Path key, int port, List<Endpoint> bootstrap) throws CairnException {
        return LocalNode.start(NodeConfig.builder(data)
                .port(port)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap.stream().map(Endpoint::toString).toList())
                .network(NETWORK)
                .networkKeyFile(key)
                .lan(false)
                .build());
    }

    static Endpoint endpoint(Node node) {
        return new Endpoint(InetAddress.getLoopbackAddress(), node.info().port());
    }

    /** Fetches through a link, which names an address and no id; returns the milliseconds it took. */
    static double fetch(Node node, String hash, Endpoint from, Path target) throws CairnException {
        FetchOptions options = FetchOptions.to(node.resolve("magnet:?xt=urn:btih:" + hash + "&x.pe=" + from), target)
                .build();
        long began = System.nanoTime();
        var unused = node.fetch(options).completion().join();
        return (System.nanoTime() - began) / 1e6;
    }
}
