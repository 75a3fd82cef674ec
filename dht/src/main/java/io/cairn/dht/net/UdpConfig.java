package io.cairn.dht.net;

import io.cairn.dht.crypto.NetworkKeys;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's UDP settings.
 *
 * @param bind local addresses to send and receive at; empty for all of IPv4 and IPv6
 * @param port the port at each of them; 0 picks a free one
 * @param lan whether to look for nodes on the local network and be found by them
 * @param discoveryPort the destination port of packets to the local network; the same for all nodes that should find each other
 * @param keys seal every datagram; null in an open network
 */
public record UdpConfig(
        List<InetAddress> bind,
        int port,
        boolean lan,
        int discoveryPort,
        @Nullable NetworkKeys keys) {
    /** The port of local discovery. Every node of a machine listens there, besides its own port. */
    public static final int DISCOVERY_PORT = 4746;

    /** Most addresses to bind: each is a socket. */
    public static final int BIND_MAX = 16;

    public UdpConfig {
        bind = List.copyOf(bind);
        if (bind.size() > BIND_MAX) {
            throw new IllegalArgumentException("at most 16 addresses to bind, not " + bind.size());
        }
        if (port < 0 || port > 65_535 || discoveryPort < 1 || discoveryPort > 65_535) {
            throw new IllegalArgumentException("a port is at most 65535, not " + port + " or " + discoveryPort);
        }
    }

    /** In an open network. */
    public UdpConfig(List<InetAddress> bind, int port, boolean lan, int discoveryPort) {
        this(bind, port, lan, discoveryPort, null);
    }

    /** In an open network, with the default port of local discovery. */
    public UdpConfig(List<InetAddress> bind, int port, boolean lan) {
        this(bind, port, lan, DISCOVERY_PORT);
    }

    /** The same in the private network with these keys; null for an open network. */
    public UdpConfig sealedWith(@Nullable NetworkKeys networkKeys) {
        return new UdpConfig(bind, port, lan, discoveryPort, networkKeys);
    }

    /** Whether all addresses are bound: none is given, or a wildcard address is. */
    boolean bindsAll() {
        return bind.isEmpty() || bind.stream().anyMatch(InetAddress::isAnyLocalAddress);
    }
}
