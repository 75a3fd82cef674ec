package io.cairn.dht.net;

import io.cairn.dht.id.Subnet;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network interface that is switched on, with its addresses when it was read.
 *
 * @param isRunning whether it has a carrier: a cable is plugged in, or the wireless network is joined
 */
record LocalInterface(NetworkInterface device, boolean loopback, boolean isRunning, List<InterfaceAddress> addresses) {
    /** Most interfaces to read: a host of containers has hundreds, and each costs packets. */
    private static final int INTERFACES_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LocalInterface.class);

    LocalInterface {
        addresses = List.copyOf(addresses);
    }

    /** The interfaces that can send now: by index, loopback last. Asks the operating system; takes about a millisecond. */
    static List<LocalInterface> up() {
        return switchedOn().stream().filter(LocalInterface::isRunning).toList();
    }

    /** The same, plus those whose cable is out. */
    static List<LocalInterface> switchedOn() {
        List<LocalInterface> interfaces = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .limit(INTERFACES_MAX)
                    .forEach(device -> look(device).ifPresent(interfaces::add));
        } catch (SocketException refused) {
            LOG.debug("the interfaces of this machine cannot be listed", refused);
        }
        interfaces.sort(Comparator.comparing(LocalInterface::loopback));
        return interfaces;
    }

    boolean hasAnyOf(Collection<InetAddress> wanted) {
        return addresses.stream().anyMatch(address -> wanted.contains(address.getAddress()));
    }

    Optional<Inet4Address> ipv4() {
        return addresses.stream()
                .map(InterfaceAddress::getAddress)
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst();
    }

    boolean hasIpv6() {
        return addresses.stream().anyMatch(address -> address.getAddress() instanceof Inet6Address);
    }

    List<InetAddress> broadcasts() {
        return addresses.stream()
                .map(InterfaceAddress::getBroadcast)
                .filter(broadcast -> broadcast != null && !broadcast.isAnyLocalAddress())
                .distinct()
                .toList();
    }

    /** Whether an address belongs to a network of this interface. */
    boolean reaches(InetAddress address) {
        if (address instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress() && ipv6.getScopeId() != 0) {
            return ipv6.getScopeId() == device.getIndex();
        }
        return addresses.stream().anyMatch(own -> Subnet.of(own).contains(address));
    }

    private static Optional<LocalInterface> look(NetworkInterface device) {
        try {
            boolean isRunning = device.isUp();
            return isRunning || LinkKind.isSwitchedOn(device.getName())
                    ? Optional.of(
                            new LocalInterface(device, device.isLoopback(), isRunning, device.getInterfaceAddresses()))
                    : Optional.empty();
        } catch (SocketException gone) {
            LOG.debug("interface {} is gone", device.getName(), gone);
            return Optional.empty();
        }
    }
}
