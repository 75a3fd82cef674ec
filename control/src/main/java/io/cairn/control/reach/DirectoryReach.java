package io.cairn.control.reach;

import io.cairn.app.CairnException;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Reason;
import io.cairn.app.Version;
import io.cairn.app.node.DirectoryHolder;
import io.cairn.app.work.StateFailures;
import io.cairn.control.Attachment;
import io.cairn.control.NodeReach;
import io.cairn.control.client.RemoteNode;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.socket.ControlSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches the node of one data directory. A node that this process starts in place of another one takes over its network and addresses,
 * whatever the options of this process say.
 */
public final class DirectoryReach implements NodeReach {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReach.class);

    private final OwnNode own;
    private NodeConfig config;

    /**
     * @param mode of a node that this process starts
     * @param stop ends this process, when another asks for it
     * @param tcp where a node that this process starts also offers its control interface
     */
    public DirectoryReach(
            NodeConfig config, NodeStarter starter, String mode, Runnable stop, Optional<InetSocketAddress> tcp) {
        this.config = config;
        this.own = new OwnNode(starter, mode, stop, tcp);
    }

    @Override
    public Attachment reach(BooleanSupplier wanted) throws CairnException {
        Patience patience = new Patience(wanted);
        while (true) {
            Optional<Attachment> running = tryAttach();
            if (running.isPresent()) {
                return running.get();
            }
            if (!isClaimed()) {
                try {
                    return start();
                } catch (CairnException refused) {
                    if (refused.reason() != Reason.USE_ANOTHER_DATA_DIRECTORY) {
                        throw refused;
                    }
                }
            }
            if (patience.isOver()) {
                throw silent(config.dataDirectory());
            }
            patience.pause();
        }
    }

    /** Whether a daemon is about to start: nobody else does then. */
    private boolean isClaimed() throws CairnException {
        try {
            return DaemonClaim.isTaken(config.dataDirectory());
        } catch (IOException failure) {
            throw StateFailures.of(
                    "cannot use the data directory " + config.dataDirectory(), config.dataDirectory(), failure);
        }
    }

    /** The way to a node of this process, for a daemon; in place of a node that another process runs, unless that is a daemon too. */
    public NodeReach takingOver(TakeOver.Listener listener) {
        return wanted -> new TakeOver(this, config, listener).start(wanted);
    }

    /** The way to a node that some other process runs or starts, never to one of this process. */
    public NodeReach elsewhere() {
        return wanted -> {
            Patience patience = new Patience(wanted);
            while (!patience.isOver()) {
                Optional<Attachment> running = tryAttach();
                if (running.isPresent()) {
                    return running.get();
                }
                patience.pause();
            }
            throw isFree() ? gone() : silent(config.dataDirectory());
        };
    }

    /** Whether no process holds the directory, and none has claimed it. */
    private boolean isFree() throws CairnException {
        return DirectoryHolder.of(config.dataDirectory()).isEmpty() && !isClaimed();
    }

    private CairnException gone() {
        return new CairnException(
                CairnException.Kind.OTHER,
                "the node has gone",
                "no process runs a node on " + config.dataDirectory() + " any more",
                Reason.NODE_GONE.says("run the same command again"));
    }

    /**
     * Attaches to the node that runs, if one does. Waits while a process starts or ends its node.
     *
     * @throws CairnException if it is of another version, or if a process holds the directory and does not answer
     */
    public Optional<Attachment> attach(BooleanSupplier wanted) throws CairnException {
        return patiently(this::tryAttach, wanted);
    }

    /** The same of whatever version. */
    public Optional<Attachment> running(BooleanSupplier wanted) throws CairnException {
        return patiently(() -> connect().map(DirectoryReach::attached), wanted);
    }

    private Optional<Attachment> patiently(Attempt attempt, BooleanSupplier wanted) throws CairnException {
        Patience patience = new Patience(wanted);
        while (true) {
            Optional<Attachment> running = attempt.run();
            if (running.isPresent() || isFree()) {
                return running;
            }
            if (patience.isOver()) {
                throw silent(config.dataDirectory());
            }
            patience.pause();
        }
    }

    @FunctionalInterface
    private interface Attempt {
        Optional<Attachment> run() throws CairnException;
    }

    private Optional<Attachment> tryAttach() throws CairnException {
        Optional<RemoteNode> running = connect();
        if (running.isPresent()) {
            try {
                requireThisVersion(running.get());
                config = config.inPlaceOf(running.get().info());
            } catch (CairnException refused) {
                running.get().close();
                throw refused;
            } catch (NodeGoneException ended) {
                running.get().close();
                return Optional.empty();
            }
        }
        return running.map(DirectoryReach::attached);
    }

    /** Connects to the node that runs, if one does and answers, of whatever version. */
    Optional<RemoteNode> connect() throws CairnException {
        try {
            Optional<Path> socket = ControlSocket.find(config.dataDirectory());
            return socket.isPresent() ? Optional.of(RemoteNode.connect(socket.get())) : Optional.empty();
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

    static void requireThisVersion(RemoteNode node) throws CairnException {
        ProcessStatus process = node.process();
        if (!process.version().equals(Version.NUMBER)) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot use the node that runs",
                    "process " + process.pid() + " runs it with version " + process.version() + ", and this is "
                            + Version.NUMBER,
                    Reason.STOP_THE_OTHER_VERSION
                            .says("stop that node and start it with this version")
                            .and("version", process.version())
                            .and("process", process.pid()));
        }
    }

    /** A process holds the directory, or has claimed it, and cannot be asked. */
    static CairnException silent(Path dataDirectory) throws CairnException {
        String process = DirectoryHolder.of(dataDirectory).orElse("");
        return new CairnException(
                CairnException.Kind.STALLED,
                "the node of " + dataDirectory + " does not answer",
                (process.isEmpty() ? "a process" : "process " + process)
                        + " holds the data directory, and has not answered for " + Patience.SECONDS + " seconds",
                Reason.CONTINUE_OR_END_THE_PROCESS
                        .says(
                                process.isEmpty()
                                        ? "continue that process if it is suspended, or end it"
                                        : "continue that process if it is suspended (kill -CONT " + process
                                                + "), or end it (kill -KILL " + process + ")")
                        .and("path", dataDirectory)
                        .and("process", process));
    }

    /**
     * Starts a node in this process.
     *
     * @throws CairnException of reason {@link Reason#USE_ANOTHER_DATA_DIRECTORY} if another process holds the directory
     */
    public Attachment start() throws CairnException {
        return start(config);
    }

    /** The same with another configuration. A later start is in place of this node. */
    Attachment start(NodeConfig started) throws CairnException {
        Attachment attachment = own.start(started);
        config = started.inPlaceOf(attachment.node().info());
        return attachment;
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
