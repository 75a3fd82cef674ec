package io.cairn.shell.session;

import io.cairn.dht.id.Subnet;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The networks that this machine is on: those of its interfaces, without loopback and without tunnels to elsewhere. */
record Subnets(List<Subnet> subnets) {
    Subnets {
        subnets = List.copyOf(subnets);
    }

    /** As they are now; none if the system does not tell. */
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

    /** Whether an address is on one of them. */
    boolean contain(InetAddress address) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }
}
