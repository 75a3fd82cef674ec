package io.cairn.transfer.net.session;

import io.cairn.dht.id.Subnet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/**
 * Whether a peer is on the local network: this machine itself, a private address (RFC 1918; RFC 4193), a link-local one (RFC 3927; RFC
 * 4291, section 2.5.6), or one in the subnet of an interface of this machine.
 */
public final class LanAddresses {
    private LanAddresses() {}

    public static boolean isLan(InetAddress address) {
        return isPrivate(address) || subnets().stream().anyMatch(subnet -> subnet.contains(address));
    }

    public static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
        boolean siteLocal = address instanceof Inet4Address && address.isSiteLocalAddress();
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || siteLocal || uniqueLocal;
    }

    /** Whether it is an address of this machine. */
    public static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false; // then the greeting finds out
        }
    }

    private static List<Subnet> subnets() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(network -> network.getInterfaceAddresses().stream())
                    .map(Subnet::of)
                    .toList();
        } catch (SocketException unknown) {
            return List.of(); // then only the address itself counts
        }
    }
}
