package io.cairn.control.reach;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Reason;
import io.cairn.app.work.StateFailures;
import io.cairn.control.Attachment;
import io.cairn.control.client.RemoteNode;
import io.cairn.control.http.ProcessStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The start of a daemon. If another command runs the node, asks its process to hand it over, and starts once that has let go; a claim keeps
 * all others from being faster. The daemon has the addresses and limits of its own options, and must be in the same network.
 */
public final class TakeOver {
    private final DirectoryReach reach;
    private final Listener listener;
    private final Path dataDirectory;
    private NodeConfig config;
    private boolean told;

    TakeOver(DirectoryReach reach, NodeConfig config, Listener listener) {
        this.reach = reach;
        this.config = config;
        this.dataDirectory = config.dataDirectory();
        this.listener = listener;
    }

    /** Hears which process is asked to hand its node over. */
    @FunctionalInterface
    public interface Listener {
        void asks(ProcessStatus process);
    }

    Attachment start(BooleanSupplier wanted) throws CairnException {
        Optional<Attachment> first = tryStart();
        if (first.isPresent()) {
            return first.get();
        }
        try (DaemonClaim claim = new DaemonClaim(dataDirectory)) {
            return start(claim, wanted);
        } catch (IOException failure) {
            throw StateFailures.of("cannot use the data directory " + dataDirectory, dataDirectory, failure);
        }
    }

    private Attachment start(DaemonClaim claim, BooleanSupplier wanted) throws CairnException, IOException {
        Patience patience = new Patience(wanted);
        while (true) {
            boolean isClaimed = claim.take();
            askWhoRuns(isClaimed);
            Optional<Attachment> started = isClaimed ? tryStart() : Optional.empty();
            if (started.isPresent()) {
                return started.get();
            }
            if (patience.isOver()) {
                throw DirectoryReach.silent(dataDirectory);
            }
            patience.pause();
        }
    }

    private Optional<Attachment> tryStart() throws CairnException {
        try {
            return Optional.of(reach.start(config));
        } catch (CairnException refused) {
            if (refused.reason() == Reason.USE_ANOTHER_DATA_DIRECTORY) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** @param isClaimed whether it may be asked to let go; if not, only whether it would is asked */
    private void askWhoRuns(boolean isClaimed) throws CairnException {
        Optional<RemoteNode> running = reach.connect();
        if (running.isEmpty()) {
            return;
        }
        RemoteNode node = running.get();
        try {
            ask(node, isClaimed);
        } catch (NodeGoneException ended) {
            return;
        } catch (CairnException refused) {
            if (refused.reason() != Reason.NODE_GONE) {
                throw refused;
            }
        } finally {
            node.close();
        }
    }

    private void ask(RemoteNode node, boolean isClaimed) throws CairnException {
        ProcessStatus process = node.process();
        DirectoryReach.requireThisVersion(node);
        if (process.isDaemon()) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot start a second daemon",
                    "process " + process.pid() + " is the daemon of " + dataDirectory,
                    Reason.SEE_NEXT.says("use that one, or stop it first").and("process", process.pid()));
        }
        Node.NodeInfo info = node.info();
        requireSameNetwork(info, process);
        if (isClaimed) {
            config = config.alsoJoining(info.bootstrap());
            if (!told) {
                told = true;
                listener.asks(process);
            }
            node.takeOver();
        }
    }

    /** What the process shares and fetches goes on here: it must not change networks. */
    private void requireSameNetwork(Node.NodeInfo info, ProcessStatus process) throws CairnException {
        boolean isSame = info.network().equals(config.network());
        if (!isSame || !Objects.equals(absolute(info.networkKeyFile()), absolute(config.networkKeyFile()))) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot start a daemon in the network " + config.network(),
                    "process " + process.pid() + " (" + process.mode() + ") runs the node of " + dataDirectory
                            + (isSame ? " with another network key" : " in the network " + info.network()),
                    Reason.STOP_THE_NODE
                            .says("stop that node first, or use another data directory")
                            .and("option", isSame ? "network-key-file" : "network")
                            .and("process", process.pid()));
        }
    }

    private static @Nullable Path absolute(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().normalize();
    }
}
