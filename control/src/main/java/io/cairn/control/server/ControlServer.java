package io.cairn.control.server;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.control.http.ControlApi;
import io.cairn.control.http.ProcessRequests;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.access.Gate;
import io.cairn.control.server.access.TokenFile;
import io.cairn.control.server.access.TokenGate;
import io.cairn.control.server.route.Router;
import io.cairn.control.server.wire.HttpListeners;
import io.cairn.control.server.wire.ServerTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a node of this process available to others. Close it before the node: clients then see their connections end, and know that the
 * node goes.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final HttpListeners listeners;
    private final @Nullable InetSocketAddress tcp;

    private ControlServer(HttpListeners listeners, @Nullable InetSocketAddress tcp) {
        this.listeners = listeners;
        this.tcp = tcp;
    }

    /**
     * Listens on the Unix socket in the node's data directory, or in the place that stands in for it. What an earlier process left there
     * is removed: the caller holds the lock of the directory until the server is closed.
     *
     * @throws CairnException if no socket can be made
     */
    public static ControlServer open(Node node, ProcessStatus running, ProcessRequests process) throws CairnException {
        return open(node, running, process, null, new Host(runtimeFolder(), ServerTransport.best()));
    }

    /**
     * The same, and also on TCP, for those who know a token: {@link ControlApi#TOKEN_FILE} in the data directory opens everything,
     * {@link ControlApi#METRICS_TOKEN_FILE} the metrics.
     */
    public static ControlServer open(Node node, ProcessStatus running, ProcessRequests process, InetSocketAddress tcp)
            throws CairnException {
        return open(node, running, process, tcp, new Host(runtimeFolder(), ServerTransport.best()));
    }

    /** @param runtime the user's folder for sockets, if there is one */
    record Host(@Nullable Path runtime, ServerTransport transport) {}

    static ControlServer open(
            Node node, ProcessStatus running, ProcessRequests process, @Nullable InetSocketAddress tcp, Host host)
            throws CairnException {
        Path dataDirectory = node.info().dataDirectory();
        HttpListeners listeners = new HttpListeners(Router.of(node, running, process), host.transport());
        try {
            listeners.unix(dataDirectory, host.runtime());
        } catch (IOException failure) {
            listeners.close();
            throw new CairnException(
                    Kind.OTHER,
                    "cannot listen for other commands on this node",
                    String.valueOf(failure.getMessage()),
                    "choose a data directory with a shorter path, on a local disk",
                    failure);
        }
        try {
            return new ControlServer(listeners, tcp == null ? null : listeners.tcp(tcp, gate(dataDirectory, tcp)));
        } catch (IOException failure) {
            listeners.close();
            throw new CairnException(
                    Kind.NETWORK,
                    "cannot listen on " + tcp + " for the control interface",
                    String.valueOf(failure.getMessage()),
                    "choose an address of this machine and a free port",
                    failure);
        }
    }

    private static Gate gate(Path dataDirectory, InetSocketAddress tcp) throws IOException {
        if (tcp.getAddress() == null || !tcp.getAddress().isLoopbackAddress()) {
            LOG.warn("the control interface listens on {}: tokens cross the network in the clear", tcp);
        }
        return new TokenGate(
                TokenFile.open(dataDirectory.resolve(ControlApi.TOKEN_FILE)),
                TokenFile.open(dataDirectory.resolve(ControlApi.METRICS_TOKEN_FILE)),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** Where it listens on TCP. */
    public Optional<InetSocketAddress> tcp() {
        return Optional.ofNullable(tcp);
    }

    /** Where clients of this machine connect. */
    public Path socket() {
        return listeners.socket();
    }

    /** Cuts all connections and removes the socket. Waits at most a few seconds. */
    @Override
    public void close() {
        listeners.close();
    }

    private static @Nullable Path runtimeFolder() {
        String folder = System.getenv("XDG_RUNTIME_DIR");
        return folder == null || folder.isBlank() ? null : Path.of(folder);
    }
}
