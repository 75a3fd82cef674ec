package io.cairn.control.reach;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Reason;
import io.cairn.app.Version;
import io.cairn.control.Attachment;
import io.cairn.control.NodeReach;
import io.cairn.control.client.RemoteNode;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.ControlServer;
import io.cairn.control.server.ProcessFacts;
import io.cairn.control.socket.ControlSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches the node of one data directory. A node that this process starts in place of another one takes over its network and addresses,
 * whatever the options of this process say.
 */
public final class DirectoryReach implements NodeReach {
    /** Longer than a node needs to end: five seconds to leave, and a start. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReach.class);

    private final NodeStarter starter;
    private final String mode;
    private final Runnable stop;
    private final Optional<InetSocketAddress> tcp;
    private NodeConfig config;

    /**
     * @param mode of a node that this process starts
     * @param stop ends this process, when another asks for it
     * @param tcp where a node that this process starts also offers its control interface
     */
    public DirectoryReach(
            NodeConfig config, NodeStarter starter, String mode, Runnable stop, Optional<InetSocketAddress> tcp) {
        this.config = config;
        this.starter = starter;
        this.mode = mode;
        this.stop = stop;
        this.tcp = tcp;
    }

    @Override
    public Attachment reach(BooleanSupplier wanted) throws CairnException {
        long begun = System.nanoTime();
        while (wanted.getAsBoolean()) {
            Optional<Attachment> running = attach();
            if (running.isPresent()) {
                return running.get();
            }
            try {
                return start();
            } catch (CairnException refused) {
                if (refused.reason() != Reason.USE_ANOTHER_DATA_DIRECTORY
                        || System.nanoTime() - begun > PATIENCE_NANOS) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw gone("it is not wanted any more");
    }

    /** The way to a node that some other process runs or starts, never to one of this process. */
    public NodeReach elsewhere() {
        return wanted -> {
            long begun = System.nanoTime();
            while (wanted.getAsBoolean() && System.nanoTime() - begun < PATIENCE_NANOS) {
                Optional<Attachment> running = attach();
                if (running.isPresent()) {
                    return running.get();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            throw gone("no process runs a node on " + config.dataDirectory() + " any more");
        };
    }

    private static CairnException gone(String why) {
        return new CairnException(
                CairnException.Kind.OTHER,
                "the node has gone",
                why,
                Reason.NODE_GONE.says("run the same command again"));
    }

    /**
     * Attaches to the node that runs, if one does and answers.
     *
     * @throws CairnException if it is of another version
     */
    public Optional<Attachment> attach() throws CairnException {
        Optional<Attachment> running = running();
        if (running.isPresent()) {
            ProcessStatus process = running.get().process();
            if (!process.version().equals(Version.NUMBER)) {
                running.get().close();
                throw anotherVersion(process);
            }
            try {
                config = config.inPlaceOf(running.get().node().info());
            } catch (NodeGoneException ended) {
                running.get().close();
                return Optional.empty();
            }
        }
        return running;
    }

    /** The node that runs, if one does and answers, of whatever version. */
    public Optional<Attachment> running() throws CairnException {
        try {
            Optional<Path> socket = ControlSocket.find(config.dataDirectory());
            return socket.isPresent() ? Optional.of(attached(RemoteNode.connect(socket.get()))) : Optional.empty();
        } catch (IOException | NodeGoneException none) {
            LOG.debug("no node answers in {}", config.dataDirectory(), none);
            return Optional.empty();
        } catch (CairnException failure) {
            if (failure.reason() == Reason.NODE_GONE) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Attachment attached(RemoteNode node) {
        return new Attachment(node, node.process(), false, node.gone(), new RemoteService(node));
    }

    private static CairnException anotherVersion(ProcessStatus process) {
        return new CairnException(
                CairnException.Kind.OTHER,
                "cannot use the node that runs",
                "process " + process.pid() + " runs it with version " + process.version() + ", and this is "
                        + Version.NUMBER,
                Reason.STOP_THE_OTHER_VERSION
                        .says("stop that node and start it with this version")
                        .and("version", process.version())
                        .and("process", process.pid()));
    }

    /**
     * Starts a node in this process.
     *
     * @throws CairnException of reason {@link Reason#USE_ANOTHER_DATA_DIRECTORY} if another process holds the directory
     */
    public Attachment start() throws CairnException {
        Node node = starter.start(config);
        Node.NodeInfo info = node.info();
        ProcessFacts facts = ProcessFacts.ofThis(mode);
        ProcessStatus process =
                new ProcessStatus(info.node(), info.port(), facts.pid(), info.version(), mode, facts.startedMillis());
        return new Attachment(node, process, true, new CompletableFuture<>(), serve(node, facts));
    }

    /** A node that other terminals cannot use is still of use here; an address that was asked for must be there. */
    private Attachment.Service serve(Node node, ProcessFacts facts) throws CairnException {
        if (tcp.isPresent()) {
            try {
                return new LocalService(stop, Optional.of(ControlServer.open(node, facts, stop, tcp.get())));
            } catch (CairnException failure) {
                node.close();
                throw failure;
            }
        }
        try {
            return new LocalService(stop, Optional.of(ControlServer.open(node, facts, stop)));
        } catch (CairnException failure) {
            LOG.warn("other terminals and programs cannot use this node: {}", failure.why());
            return new LocalService(stop, Optional.empty());
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

    private record RemoteService(RemoteNode node) implements Attachment.Service {
        @Override
        public CompletableFuture<?> stop() {
            return node.stopProcess();
        }

        @Override
        public void close() {
            // another process serves
        }
    }
}
