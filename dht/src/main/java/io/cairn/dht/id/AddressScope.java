package io.cairn.dht.id;

import java.net.Inet4Address;
import java.net.InetAddress;

/** How far an address reaches, nearest first. */
public enum AddressScope {
    /** Loopback. */
    MACHINE,
    /** Link-local (RFC 3927; RFC 4291, section 2.5.6). */
    LINK,
    /** Private (RFC 1918), shared behind a provider's NAT (RFC 6598), unique local (RFC 4193) or site-local (RFC 3879). */
    SITE,
    /** Public. */
    WORLD,
    /** No single machine: any, multicast, broadcast, reserved. */
    NOWHERE;

    private static final int IPV4_CLASS_E = 240;

    public static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        boolean isIpv4 = address instanceof Inet4Address;
        if (address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || isIpv4 && (first == 0 || first >= IPV4_CLASS_E)) {
            return NOWHERE;
        } else if (address.isLoopbackAddress()) {
            return MACHINE;
        } else if (address.isLinkLocalAddress()) {
            return LINK;
        }
        boolean isShared = isIpv4 && first == 100 && (bytes[1] & 0xc0) == 64;
        boolean isUniqueLocal = !isIpv4 && (first & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || isShared || isUniqueLocal ? SITE : WORLD;
    }

    /**
     * Whether to believe an address that another node names. A public address is always believed; any other only if the source is at least
     * as near. So a distant stranger cannot make this node dial machines on its own network.
     *
     * @param named the named address
     * @param source the address of the node that named it
     */
    public static boolean isBelieved(InetAddress named, InetAddress source) {
        AddressScope scope = of(named);
        return scope != NOWHERE && of(source).compareTo(scope) <= 0;
    }
}
