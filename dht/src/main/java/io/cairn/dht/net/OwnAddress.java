package io.cairn.dht.net;

import io.cairn.dht.id.Subnet;
import java.net.InetAddress;

/**
 * An address of this machine, with the facts that rank it.
 *
 * @param device the interface that has it
 * @param link the kind of the interface
 * @param isRunning whether the interface has a carrier: an unplugged cable leaves the address
 * @param isDefaultRoute whether this machine reaches the rest of the world through the interface
 * @param prefixBits the prefix length of its network
 */
record OwnAddress(
        InetAddress address, String device, LinkKind link, boolean isRunning, boolean isDefaultRoute, int prefixBits) {
    Subnet subnet() {
        return new Subnet(address, prefixBits);
    }
}
