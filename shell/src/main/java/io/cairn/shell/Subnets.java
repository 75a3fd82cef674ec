package io.cairn.shell;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
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

    /** @param prefixBits how many leading bits of an address are those of the network */
    record Subnet(InetAddress address, int prefixBits) {
        static Subnet of(InterfaceAddress address) {
            return new Subnet(address.getAddress(), address.getNetworkPrefixLength());
        }

        boolean contains(InetAddress other) {
            byte[] here = address.getAddress();
            byte[] there = other.getAddress();
            int octets = prefixBits / Byte.SIZE;
            if (here.length != there.length || !Arrays.equals(here, 0, octets, there, 0, octets)) {
                return false;
            }
            int bits = prefixBits % Byte.SIZE;
            int mask = 0xff << (Byte.SIZE - bits);
            return bits == 0 || ((here[octets] ^ there[octets]) & mask & 0xff) == 0;
        }
    }
}
