package io.cairn.app;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * How to start a node.
 *
 * @param port 0 picks one
 * @param portChosen whether the user named the port: then it is not replaced by the next free one
 * @param bind local addresses to listen on; empty for all
 * @param bootstrap {@code HOST:PORT} each
 * @param lan whether to look for nodes of the local network
 */
public record NodeConfig(
        Path dataDirectory,
        int port,
        boolean portChosen,
        List<InetAddress> bind,
        List<String> bootstrap,
        String network,
        boolean lan) {
    /** The port where none is named. */
    public static final int DEFAULT_PORT = 4747;

    public NodeConfig {
        bind = List.copyOf(bind);
        bootstrap = List.copyOf(bootstrap);
    }
}
