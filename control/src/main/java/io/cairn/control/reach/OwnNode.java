package io.cairn.control.reach;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessRequests;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.ControlServer;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a node in this process, and offers it to others.
 *
 * @param mode what the process was started as
 * @param stop ends this process, when another asks for it
 * @param tcp where the node also offers its control interface
 */
record OwnNode(NodeStarter starter, String mode, Runnable stop, Optional<InetSocketAddress> tcp) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnNode.class);

    Attachment start(NodeConfig config) throws CairnException {
        Node node = starter.start(config);
        ProcessStatus process = ProcessStatus.ofThis(node.info(), mode);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Asked asked = new Asked(stop, process.isDaemon() ? Optional.empty() : Optional.of(() -> gone.complete(null)));
        return new Attachment(node, process, true, gone, serve(node, process, asked));
    }

    /** A node that other terminals cannot use is still of use here; an address that was asked for must be there. */
    private Attachment.Service serve(Node node, ProcessStatus process, Asked asked) throws CairnException {
        if (tcp.isPresent()) {
            try {
                return new LocalService(stop, Optional.of(ControlServer.open(node, process, asked, tcp.get())));
            } catch (CairnException failure) {
                node.close();
                throw failure;
            }
        }
        try {
            return new LocalService(stop, Optional.of(ControlServer.open(node, process, asked)));
        } catch (CairnException failure) {
            LOG.warn("other terminals and programs cannot use this node: {}", failure.why());
            return new LocalService(stop, Optional.empty());
        }
    }

    private record Asked(Runnable toStop, Optional<Runnable> handOver) implements ProcessRequests {
        @Override
        public void stop() {
            toStop.run();
        }
    }

    private record LocalService(Runnable stopped, Optional<ControlServer> server) implements Attachment.Service {
        @Override
        public CompletableFuture<?> stop() {
            stopped.run();
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void close() {
            server.ifPresent(ControlServer::close);
        }
    }
}
