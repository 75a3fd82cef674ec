package io.cairn.transfer.net.admission;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts connections by network (/24, /64) and by address. One party can have many addresses of a network, so the network counts first; on
 * a LAN all share one network, so the address counts next. Each loopback address counts as a network of its own.
 */
final class Crowd {
    private static final int IPV4_NETWORK_BYTES = 3;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Map<ByteBuffer, Integer> networks = new HashMap<>();
    private final Map<ByteBuffer, Integer> addresses = new HashMap<>();

    void add(InetAddress address) {
        networks.merge(networkOf(address), 1, Integer::sum);
        addresses.merge(ByteBuffer.wrap(address.getAddress()), 1, Integer::sum);
    }

    /** Whether one network has more connections than the other or, within the same network, one address has more. */
    boolean isBusier(InetAddress one, InetAddress other) {
        return networkOf(one).equals(networkOf(other))
                ? sizeOfAddress(one) > sizeOfAddress(other)
                : sizeOfNetwork(one) > sizeOfNetwork(other);
    }

    /**
     * The connections of the busiest address in the busiest network, in their order.
     *
     * @param connections each added before by its address; may be fewer than were added
     */
    <T> List<T> busiest(Collection<T> connections, Function<T, InetAddress> addressOf) {
        List<T> busiest = new ArrayList<>();
        int networkMost = 0;
        int addressMost = 0;
        for (T connection : connections) {
            int network = sizeOfNetwork(addressOf.apply(connection));
            int address = sizeOfAddress(addressOf.apply(connection));
            if (network > networkMost || network == networkMost && address > addressMost) {
                busiest.clear();
                networkMost = network;
                addressMost = address;
            }
            if (network == networkMost && address == addressMost) {
                busiest.add(connection);
            }
        }
        return busiest;
    }

    private int sizeOfNetwork(InetAddress address) {
        return networks.getOrDefault(networkOf(address), 0);
    }

    private int sizeOfAddress(InetAddress address) {
        return addresses.getOrDefault(ByteBuffer.wrap(address.getAddress()), 0);
    }

    private static ByteBuffer networkOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address instanceof Inet4Address ? IPV4_NETWORK_BYTES : IPV6_NETWORK_BYTES;
        return ByteBuffer.wrap(bytes, 0, address.isLoopbackAddress() ? bytes.length : length);
    }
}
