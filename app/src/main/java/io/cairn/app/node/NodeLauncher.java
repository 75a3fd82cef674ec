package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.app.SpeedLimits;
import io.cairn.app.network.Bootstraps;
import io.cairn.app.people.AddressBook;
import io.cairn.app.trace.NodeTracing;
import io.cairn.app.work.HostAndPort;
import io.cairn.app.work.StateFailures;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.transfer.net.tls.RunTls;
import io.cairn.transfer.store.state.ContactTable;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts nodes, optionally with a head start: the slowest steps of the first start begin before the configuration is read. */
public final class NodeLauncher {
    private final AtomicReference<@Nullable RunTls> begun = new AtomicReference<>();
    private volatile LaunchStep step = LaunchStep.FIND;

    /** Loads the cryptography libraries and creates the next node's certificate, on a separate thread. Returns at once. */
    public void begin() {
        begun.set(RunTls.begin(new SystemClock()));
    }

    /** What the start does now. Any thread. */
    public LaunchStep step() {
        return step;
    }

    /** If another process holds it, what follows is a search for that process's node. */
    private DataDirectory open(Path path) throws CairnException {
        boolean isOpen = false;
        try {
            DataDirectory directory = DataDirectory.open(path);
            isOpen = true;
            return directory;
        } finally {
            if (!isOpen) {
                step = LaunchStep.FIND;
            }
        }
    }

    /** The settings with the ids of the contacts that they name. */
    private static TraceSettings named(TraceSettings settings, ContactTable contacts)
            throws CairnException, IOException {
        if (settings.contacts().isEmpty()) {
            return settings;
        }
        Map<String, NodeId> known = new HashMap<>();
        contacts.all().forEach(contact -> known.put(contact.name(), contact.node()));
        List<NodeId> peers = new ArrayList<>(settings.peers());
        for (String name : settings.contacts()) {
            NodeId node = known.get(name);
            if (node == null) {
                throw AddressBook.nobody(name, false);
            }
            peers.add(node);
        }
        return new TraceSettings(settings.file(), peers);
    }

    /** As {@link LocalNode#start}. */
    public Node start(NodeConfig config) throws CairnException {
        return start(config, begun.getAndSet(null));
    }

    /** @param begun the TLS of this run, if already begun */
    private Node start(NodeConfig config, @Nullable RunTls begun) throws CairnException {
        step = LaunchStep.DIRECTORY;
        SecureRandom random = new SecureRandom();
        List<HostAndPort> bootstraps = Bootstraps.parse(config.bootstrap());
        DataDirectory directory = open(config.dataDirectory());
        NodeLoop loop = NodeLoop.start();
        try {
            step = LaunchStep.KEY;
            RunTls tls = begun == null ? RunTls.prepare(new SystemClock(), loop) : begun.on(loop);
            Identity identity = IdentityFile.loadOrCreate(directory.path(), random);
            step = LaunchStep.STATE;
            StateDatabase state = StateDatabase.open(directory.path().resolve(StateDatabase.FILE_NAME));
            NodeTracing tracing = NodeTracing.OFF;
            try {
                tracing = NodeTracing.of(
                        named(config.trace(), state.contacts()), identity.nodeId(), loop, new SystemClock(), random);
                SpeedLimits limits = RememberedLimits.read(state.settings());
                step = LaunchStep.PORT;
                LocalNode node = new LocalNode(
                        config, directory, identity, state, loop, tls, random, limits, bootstraps, tracing);
                node.enter();
                return node;
            } catch (IOException | CairnException | RuntimeException failure) {
                loop.close(); // before the state that its workers use; closing it again does nothing
                tracing.close();
                state.close();
                throw failure;
            }
        } catch (IOException failure) {
            loop.close();
            directory.release();
            throw StateFailures.of(
                    "cannot use the state of this node in " + config.dataDirectory(),
                    directory.path().resolve(StateDatabase.FILE_NAME),
                    failure);
        } catch (CairnException | RuntimeException failure) {
            loop.close();
            directory.release();
            throw failure;
        }
    }
}
