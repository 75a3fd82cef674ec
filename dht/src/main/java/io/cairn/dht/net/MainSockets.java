package io.cairn.dht.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets a node sends from: one for all addresses, or one for each bound address, all at the same port. */
final class MainSockets {
    /** How often a port picked at one address may turn out to be in use at another. */
    private static final int PICKS_MAX = 16;

    private final @Nullable DatagramChannel forAll;
    private final Map<InetAddress, DatagramChannel> bound;
    private final int port;

    private MainSockets(@Nullable DatagramChannel forAll, Map<InetAddress, DatagramChannel> bound, int port) {
        this.forAll = forAll;
        this.bound = bound;
        this.port = port;
    }

    /**
     * @throws BindException if the port is in use at one of the addresses
     */
    static MainSockets open(UdpTransport transport, UdpConfig config, ChannelHandler handler) throws IOException {
        if (config.bindsAll()) {
            DatagramChannel channel = transport.openForAll(config.port(), false, handler);
            return new MainSockets(channel, Map.of(), channel.localAddress().getPort());
        }
        for (int pick = 1; ; pick++) {
            try {
                return openEach(transport, config, handler);
            } catch (BindException taken) {
                if (config.port() != 0 || pick == PICKS_MAX) {
                    throw taken;
                }
            }
        }
    }

    int port() {
        return port;
    }

    /** The bound addresses; empty if all are. */
    List<InetAddress> addresses() {
        return List.copyOf(bound.keySet());
    }

    /** The socket that reaches a destination: the one on its network, else one of its family; null if there is none. */
    @Nullable
    DatagramChannel towards(InetAddress destination) {
        if (forAll != null) {
            return forAll;
        }
        DatagramChannel best = null;
        int bestLikelihood = 0;
        for (Map.Entry<InetAddress, DatagramChannel> socket : bound.entrySet()) {
            int likelihood = likelihood(socket.getKey(), destination);
            if (likelihood > bestLikelihood) {
                best = socket.getValue();
                bestLikelihood = likelihood;
            }
        }
        return best;
    }

    /** The bound address from which a destination is reached; null if all addresses are bound. */
    @Nullable
    InetAddress sourceTowards(InetAddress destination) {
        DatagramChannel channel = towards(destination);
        return forAll != null || channel == null ? null : channel.localAddress().getAddress();
    }

    /** The socket from which to multicast through an interface; null if it has none of this family. */
    @Nullable
    DatagramChannel at(LocalInterface local, boolean ipv6) {
        if (forAll != null) {
            boolean both = forAll.localAddress().getAddress() instanceof Inet6Address;
            return ipv6 && !both ? null : forAll;
        }
        for (Map.Entry<InetAddress, DatagramChannel> socket : bound.entrySet()) {
            if (socket.getKey() instanceof Inet6Address == ipv6 && local.hasAnyOf(List.of(socket.getKey()))) {
                return socket.getValue();
            }
        }
        return null;
    }

    private static MainSockets openEach(UdpTransport transport, UdpConfig config, ChannelHandler handler)
            throws IOException {
        Map<InetAddress, DatagramChannel> opened = new LinkedHashMap<>();
        int port = config.port();
        try {
            for (InetAddress address : config.bind()) {
                if (!opened.containsKey(address)) {
                    DatagramChannel channel = transport.open(address, port, handler);
                    opened.put(address, channel);
                    port = channel.localAddress().getPort();
                }
            }
        } catch (IOException failed) {
            new ArrayList<>(opened.values()).forEach(channel -> channel.close().awaitUninterruptibly());
            throw failed;
        }
        return new MainSockets(null, opened, port);
    }

    /** How likely an own address reaches another: 0 if of another family. Guesses networks from the first half of the address. */
    private static int likelihood(InetAddress own, InetAddress destination) {
        byte[] a = own.getAddress();
        byte[] b = destination.getAddress();
        if (a.length != b.length) {
            return 0;
        }
        boolean sameHalf = Arrays.equals(a, 0, a.length / 2, b, 0, b.length / 2);
        return 1 + (own.isLoopbackAddress() == destination.isLoopbackAddress() ? 1 : 0) + (sameHalf ? 2 : 0);
    }
}
