package io.cairn.control.server;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.control.server.wire.ServerTransport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real node on loopback behind a real server, for tests. */
record ServedNode(Node node, ControlServer server, AtomicInteger stops) implements AutoCloseable {
    static ServedNode start(Path dataDirectory, Node... known) throws CairnException {
        return start(dataDirectory, null, (Boolean.getBoolean("nio") ? ServerTransport.NIO : ServerTransport.best()), known);
    }

    static ServedNode start(Path dataDirectory, @Nullable Path runtime, ServerTransport transport, Node... known)
            throws CairnException {
        Node node = LocalNode.start(NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(List.of(known).stream()
                        .map(other -> "127.0.0.1:" + other.info().port())
                        .toList())
                .network("served")
                .lan(false)
                .build());
        AtomicInteger stops = new AtomicInteger();
        ControlServer server = ControlServer.open(
                node, new ProcessFacts(4711, "daemon", 1_000), stops::incrementAndGet, runtime, transport);
        return new ServedNode(node, server, stops);
    }

    @Override
    public void close() {
        server.close();
        node.close();
    }
}
