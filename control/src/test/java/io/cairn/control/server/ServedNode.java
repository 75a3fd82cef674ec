package io.cairn.control.server;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.ControlServer.Host;
import io.cairn.control.server.wire.ServerTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A real node on loopback behind a real server, for tests. */
record ServedNode(Node node, ControlServer server, Semaphore stops) implements AutoCloseable {
    static ServedNode start(Path dataDirectory, Node... known) throws CairnException {
        return serve(start(dataDirectory, List.of(known)), null, new Host(null, ServerTransport.best()));
    }

    static ServedNode startOnTcp(Path dataDirectory) throws CairnException {
        return serve(
                start(dataDirectory, List.of()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Host(null, ServerTransport.best()));
    }

    static ServedNode start(Path dataDirectory, Host host) throws CairnException {
        return serve(start(dataDirectory, List.of()), null, host);
    }

    private static ServedNode serve(Node node, @Nullable InetSocketAddress tcp, Host host) throws CairnException {
        Semaphore stops = new Semaphore(0);
        Node.NodeInfo info = node.info();
        ProcessStatus running = new ProcessStatus(info.node(), info.port(), 4711, info.version(), "daemon", 1_000);
        ControlServer server = ControlServer.open(node, running, stops::release, tcp, host);
        return new ServedNode(node, server, stops);
    }

    private static Node start(Path dataDirectory, List<Node> known) throws CairnException {
        return LocalNode.start(NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(known.stream()
                        .map(other -> "127.0.0.1:" + other.info().port())
                        .toList())
                .network("served")
                .lan(false)
                .build());
    }

    @Override
    public void close() {
        server.close();
        node.close();
    }
}
