package io.cairn.dht.net;

import io.cairn.dht.id.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses at which others reach this machine, as far as the machine itself knows: IPv4 before IPv6, none that is link-local (it
 * means nothing to others), loopback only where there is nothing else. Asks the operating system; about a millisecond.
 */
public final class LocalAddresses {
    /** Most addresses to tell others of. */
    public static final int ADDRESSES_MAX = 8;

    private LocalAddresses() {}

    /**
     * The addresses to advertise.
     *
     * @param bind the addresses the node listens at; empty, or one that stands for all, means all of this machine
     */
    public static List<InetAddress> advertised(List<InetAddress> bind) {
        boolean all = bind.isEmpty() || bind.stream().anyMatch(InetAddress::isAnyLocalAddress);
        return choose(
                all
                        ? LocalInterface.up().stream()
                                .flatMap(device -> device.addresses().stream())
                                .map(InterfaceAddress::getAddress)
                                .toList()
                        : bind);
    }

    /**
     * {@link #advertised} with a port.
     *
     * @param port 1 to 65535
     */
    public static List<Endpoint> endpoints(List<InetAddress> bind, int port) {
        return advertised(bind).stream()
                .map(address -> new Endpoint(address, port))
                .toList();
    }

    static List<InetAddress> choose(List<InetAddress> candidates) {
        List<InetAddress> usable = candidates.stream()
                .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                .map(LocalAddresses::withoutScope)
                .sorted(Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address)))
                .distinct()
                .toList();
        Stream<InetAddress> reachable = usable.stream().filter(address -> !address.isLoopbackAddress());
        List<InetAddress> chosen = reachable.limit(ADDRESSES_MAX).toList();
        return chosen.isEmpty() ? usable.stream().limit(ADDRESSES_MAX).toList() : chosen;
    }

    /** The same address without the name or number of an interface. */
    static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address without a length", impossible);
        }
    }
}
