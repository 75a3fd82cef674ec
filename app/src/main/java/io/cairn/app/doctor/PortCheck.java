package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.NodeConfig;
import io.cairn.dht.net.UdpConfig;
import java.net.InetAddress;
import java.util.stream.Collectors;

/** The ports at which this node listens. */
final class PortCheck {
    static final String PORT = "port";
    static final String DISCOVERY = "local discovery";

    private PortCheck() {}

    /** @param port at which the node listens */
    static Check port(NodeConfig config, int port) {
        String at = config.bind().isEmpty()
                ? "all addresses"
                : config.bind().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        boolean isMoved = !config.portChosen() && config.port() != 0 && config.port() != port;
        return isMoved
                ? Check.warning(
                        PORT,
                        "port " + config.port() + " was taken when this node started, so it uses " + port,
                        "end the program that has it and start cairn again, or choose a port yourself and let that one through firewalls")
                : Check.ok(PORT, "UDP and TCP port " + port + " on " + at);
    }

    /** @param isFound whether this node listens at the discovery port */
    static Check discovery(NodeConfig config, boolean isFound) {
        if (!config.lan()) {
            return Check.ok(DISCOVERY, "switched off: other nodes must be named");
        }
        return isFound
                ? Check.ok(DISCOVERY, "listening at UDP port " + UdpConfig.DISCOVERY_PORT)
                : Check.warning(
                        DISCOVERY,
                        "another program does not share UDP port " + UdpConfig.DISCOVERY_PORT
                                + ": nodes of the local network cannot find this one",
                        "end that program, or name the other nodes as bootstrap nodes");
    }
}
