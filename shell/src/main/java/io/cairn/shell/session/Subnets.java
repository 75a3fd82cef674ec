package io.cairn.shell.session;

import io.cairn.dht.id.Subnet;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The networks of this machine's interfaces, without loopback and point-to-point tunnels. */
record Subnets(List<Subnet> subnets) {
    Subnets {
        subnets = List.copyOf(subnets);
    }

    /** The current networks; none if the system does not report them. */
    static Subnets ofThisMachine() {
        try {
            return new Subnets(NetworkInterface.networkInterfaces()
                    .filter(Subnets::leadsToNeighbors)
                    .flatMap(network -> network.getInterfaceAddresses().stream())
                    .map(Subnet::of)
                    .toList());
        } catch (SocketException untold) {
            return new Subnets(List.of());
        }
    }

    private static boolean leadsToNeighbors(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
        } catch (SocketException gone) {
            return false;
        }
    }

    /** Whether an address is in one of them. */
    boolean contain(InetAddress address) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }
}
