package io.cairn.app;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start a node.
 *
 * @param port 0 picks one
 * @param portChosen whether the user named the port: then it is not replaced by the next free one
 * @param bind local addresses to listen on; empty for all
 * @param bootstrap {@code HOST:PORT} each
 * @param lan whether to look for nodes of the local network
 * @param networkKeyFile a file whose content keeps the network apart from others of its name; null for none. The file was readable and
 *     not empty when the configuration was made
 * @param transfer how much is fetched and sent at once
 */
public record NodeConfig(
        Path dataDirectory,
        int port,
        boolean portChosen,
        List<InetAddress> bind,
        List<String> bootstrap,
        String network,
        boolean lan,
        @Nullable Path networkKeyFile,
        TransferSettings transfer) {
    /** The port where none is named. */
    public static final int DEFAULT_PORT = 4747;

    /** The network where none is named. */
    public static final String DEFAULT_NETWORK = "public";

    public NodeConfig {
        bind = List.copyOf(bind);
        bootstrap = List.copyOf(bootstrap);
    }

    /** For an open network. */
    public NodeConfig(
            Path dataDirectory,
            int port,
            boolean portChosen,
            List<InetAddress> bind,
            List<String> bootstrap,
            String network,
            boolean lan) {
        this(dataDirectory, port, portChosen, bind, bootstrap, network, lan, null, TransferSettings.DEFAULT);
    }
}
