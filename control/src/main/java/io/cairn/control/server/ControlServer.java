package io.cairn.control.server;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.route.Router;
import io.cairn.control.server.wire.HttpListeners;
import io.cairn.control.server.wire.ServerTransport;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes a node of this process available to others. Close it before the node: clients then see their connections end, and know that the
 * node goes.
 */
public final class ControlServer implements AutoCloseable {
    private final HttpListeners listeners;

    private ControlServer(HttpListeners listeners) {
        this.listeners = listeners;
    }

    /**
     * Listens on the Unix socket in the node's data directory, or in the place that stands in for it. What an earlier process left there
     * is removed: the caller holds the lock of the directory until the server is closed.
     *
     * @param stop ends the process as a signal to terminate does; returns at once
     * @throws CairnException if no socket can be made
     */
    public static ControlServer open(Node node, ProcessFacts facts, Runnable stop) throws CairnException {
        return open(node, facts, stop, runtimeFolder(), ServerTransport.best());
    }

    static ControlServer open(
            Node node, ProcessFacts facts, Runnable stop, @Nullable Path runtime, ServerTransport transport)
            throws CairnException {
        Node.NodeInfo info = node.info();
        ProcessStatus running = new ProcessStatus(
                info.node(), info.port(), facts.pid(), info.version(), facts.mode(), facts.startedMillis());
        HttpListeners listeners = new HttpListeners(Router.of(node, running, stop), transport);
        try {
            listeners.unix(info.dataDirectory(), runtime);
            return new ControlServer(listeners);
        } catch (IOException failure) {
            listeners.close();
            throw new CairnException(
                    Kind.OTHER,
                    "cannot listen for other commands on this node",
                    String.valueOf(failure.getMessage()),
                    "choose a data directory with a shorter path, on a local disk",
                    failure);
        }
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
