package io.cairn.dht.id;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.util.Arrays;

/**
 * A network, given by one of its addresses and its prefix length.
 *
 * @param prefixBits the number of leading bits that all addresses of the network share; 0 or less for an interface without a mask, whose
 *     network then contains no known address
 */
public record Subnet(InetAddress address, int prefixBits) {
    /** The network of an interface's address. */
    public static Subnet of(InterfaceAddress own) {
        return new Subnet(own.getAddress(), own.getNetworkPrefixLength());
    }

    /** Whether an address is in this network. An address of the other family never is. */
    public boolean contains(InetAddress other) {
        byte[] here = address.getAddress();
        byte[] there = other.getAddress();
        if (here.length != there.length || prefixBits <= 0 || prefixBits > Byte.SIZE * here.length) {
            return false;
        }
        int octets = prefixBits / Byte.SIZE;
        int bits = prefixBits % Byte.SIZE;
        return Arrays.equals(here, 0, octets, there, 0, octets)
                && (bits == 0 || ((here[octets] ^ there[octets]) & 0xff) >>> (Byte.SIZE - bits) == 0);
    }
}
