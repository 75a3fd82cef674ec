package io.cairn.dht.net;

import io.cairn.dht.id.Subnet;
import java.net.InetAddress;

/**
 * An address of this machine, and what speaks for it.
 *
 * @param device the interface that has it
 * @param link what the interface is
 * @param isRunning whether the interface has a carrier: a cable that is out leaves the address
 * @param isDefaultRoute whether this machine reaches the rest of the world from the interface
 * @param prefixBits how many leading bits its network shares
 */
record OwnAddress(
        InetAddress address, String device, LinkKind link, boolean isRunning, boolean isDefaultRoute, int prefixBits) {
    Subnet subnet() {
        return new Subnet(address, prefixBits);
    }
}
