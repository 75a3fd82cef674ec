package io.cairn.app;

import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node; made with {@link #builder}.
 *
 * @param port 0 picks one
 * @param portChosen whether the user named the port, so that the next free one does not replace it
 * @param bind local addresses to listen on; empty for all
 * @param bootstrap {@code HOST:PORT} each
 * @param bootstrapSource the setting that names these nodes, for messages about them
 * @param lan whether to look for nodes on the local network
 * @param networkKeyFile the key of a private network; null for an open one. The file was readable and not empty when the configuration
 *     was made
 * @param transfer limits on transfers
 * @param trace whether fetches are traced
 * @param rehearses whether to warm up the JVM with transfers between two temporary in-process nodes, so that the first real transfer is
 *     nearly as fast as later ones. Begins one second after the start, once nothing is being shared; ends at the first real transfer;
 *     costs about two seconds of one core and writes some 150 MiB to the data directory. For long-lived nodes
 */
public record NodeConfig(
        Path dataDirectory,
        int port,
        boolean portChosen,
        List<InetAddress> bind,
        List<String> bootstrap,
        String bootstrapSource,
        String network,
        boolean lan,
        @Nullable Path networkKeyFile,
        TransferSettings transfer,
        TraceSettings trace,
        boolean rehearses) {
    /** The default port. */
    public static final int DEFAULT_PORT = 4747;

    /** The name of the default network. */
    public static final String DEFAULT_NETWORK = "public";

    public NodeConfig {
        bind = List.copyOf(bind);
        bootstrap = List.copyOf(bootstrap);
    }

    /** A node of the public network, on all addresses and the first free port from {@link #DEFAULT_PORT}. */
    public static Builder builder(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** A configuration for a node that takes the place of another: its network, its addresses and, if it is free, its port. */
    public NodeConfig inPlaceOf(Node.NodeInfo other) {
        return new NodeConfig(
                dataDirectory,
                other.port(),
                false,
                other.bind(),
                other.bootstrap(),
                bootstrapSource,
                other.network(),
                other.lan(),
                other.networkKeyFile(),
                transfer,
                trace,
                rehearses);
    }

    /** The same, and joins through these nodes too. */
    public NodeConfig alsoJoining(List<String> nodes) {
        return with(Stream.concat(bootstrap.stream(), nodes.stream()).distinct().toList(), rehearses);
    }

    /** The same for a long-lived node: with rehearsal. */
    public NodeConfig withRehearsal() {
        return with(bootstrap, true);
    }

    private NodeConfig with(List<String> nodes, boolean rehearsal) {
        return new NodeConfig(
                dataDirectory,
                port,
                portChosen,
                bind,
                nodes,
                bootstrapSource,
                network,
                lan,
                networkKeyFile,
                transfer,
                trace,
                rehearsal);
    }

    /** Collects the settings that differ from the defaults. */
    public static final class Builder {
        private final Path dataDirectory;
        private int port = DEFAULT_PORT;
        private boolean portChosen;
        private List<InetAddress> bind = List.of();
        private List<String> bootstrap = List.of();
        private String bootstrapSource = "bootstrap";
        private String network = DEFAULT_NETWORK;
        private boolean lan = true;
        private @Nullable Path networkKeyFile;
        private TransferSettings transfer = TransferSettings.DEFAULT;
        private TraceSettings trace = TraceSettings.OFF;

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /** Uses only this port; 0 picks a free one. */
        public Builder port(int number) {
            port = number;
            portChosen = true;
            return this;
        }

        /** Uses this port, or the next free one. */
        public Builder preferredPort(int number) {
            port = number;
            portChosen = false;
            return this;
        }

        /** Listens only on these addresses of this machine. */
        public Builder bind(List<InetAddress> addresses) {
            bind = addresses;
            return this;
        }

        /** Joins through these nodes, {@code HOST:PORT} each. */
        public Builder bootstrap(List<String> nodes) {
            bootstrap = nodes;
            return this;
        }

        /** What you call the setting that names these nodes. */
        public Builder bootstrapSource(String name) {
            bootstrapSource = name;
            return this;
        }

        /** Joins the network with this name. */
        public Builder network(String name) {
            network = name;
            return this;
        }

        /** Whether to look for nodes on the local network. */
        public Builder lan(boolean searched) {
            lan = searched;
            return this;
        }

        /** Joins the private network with this key; null for an open network. */
        public Builder networkKeyFile(@Nullable Path file) {
            networkKeyFile = file;
            return this;
        }

        /** Sets the limits on transfers. */
        public Builder transfer(TransferSettings settings) {
            transfer = settings;
            return this;
        }

        /** Sets whether fetches are traced. */
        public Builder trace(TraceSettings settings) {
            trace = settings;
            return this;
        }

        public NodeConfig build() {
            return new NodeConfig(
                    dataDirectory,
                    port,
                    portChosen,
                    bind,
                    bootstrap,
                    bootstrapSource,
                    network,
                    lan,
                    networkKeyFile,
                    transfer,
                    trace,
                    false);
        }
    }

    /**
     * A node's limits on concurrent fetches and rates. A null rate is the one last set on a running node, or else unlimited.
     *
     * @param fetchesAtOnce at least 1; further fetches wait
     * @param up sent to all peers together, in bytes a second; 0 for no limit
     * @param down received from all peers together, likewise
     * @param upPerPeer sent to each peer, likewise
     * @param downPerPeer received from each peer, likewise
     * @param onLan whether the limits also apply to peers on the local network
     */
    public record TransferSettings(
            int fetchesAtOnce,
            @Nullable Long up,
            @Nullable Long down,
            @Nullable Long upPerPeer,
            @Nullable Long downPerPeer,
            @Nullable Boolean onLan) {
        /** The default number of concurrent fetches: enough to fill a line, few enough that each finishes soon. */
        public static final int FETCHES_AT_ONCE = 4;

        /** The defaults. */
        public static final TransferSettings DEFAULT =
                new TransferSettings(FETCHES_AT_ONCE, null, null, null, null, null);

        /** The rate limits at the start of a node. */
        public SpeedLimits limits(SpeedLimits remembered) {
            return new SpeedLimits(
                    up == null ? remembered.up() : up,
                    down == null ? remembered.down() : down,
                    upPerPeer == null ? remembered.upPerPeer() : upPerPeer,
                    downPerPeer == null ? remembered.downPerPeer() : downPerPeer,
                    onLan == null ? remembered.onLan() : onLan);
        }
    }

    /**
     * Whether a node writes what it does for a fetch to a file, so that the fetch can be followed across nodes.
     *
     * @param file where to; null for no tracing
     * @param peers the nodes whose traces this one continues
     * @param contacts names of further such nodes: those that they stand for when this node starts
     */
    public record TraceSettings(@Nullable Path file, List<NodeId> peers, List<String> contacts) {
        /** No tracing. */
        public static final TraceSettings OFF = new TraceSettings(null, List.of());

        public TraceSettings {
            peers = List.copyOf(peers);
            contacts = List.copyOf(contacts);
        }

        /** Without contacts. */
        public TraceSettings(@Nullable Path file, List<NodeId> peers) {
            this(file, peers, List.of());
        }
    }
}
